package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be used harms nothing but itself, wherever it was written. */
class BrokenEventsIT {
    private static final int EVENTS = 1000;
    private static final int SERVICES = 10;
    private static final int SERVICE_PARTITIONS = 12;
    private static final int MESH_PARTITIONS = 4;
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final Pattern HOST =
            Pattern.compile("^default/bulk-\\d/80::(127\\.[0-9.]+:\\d+)::health_flags::", Pattern.MULTILINE);

    private final Random random = new Random(Long.getLong("seed", 1));

    /** A record, and what the reason of its dead letter must name; null: it is good. */
    private record Event(
            ProducerRecord<byte[], byte[]> record, @Nullable String field) {}

    @Test
    void aThousandBrokenEventsAmongAThousandGoodOnes(@TempDir Path root) throws Exception {
        try (World world = World.start(root)) {
            world.write("world.yaml", configuration(FreePort.next()));
            EnvoyNode envoy = world.envoy("edge", "edge-1", Variant.DELTA);
            List<Event> events = new ArrayList<>();
            IntStream.range(0, EVENTS / 2).forEach(i -> events.add(goodForInbox(i)));
            IntStream.range(0, EVENTS).forEach(i -> events.add(broken(i)));
            Collections.shuffle(events, random);

            Map<String, Object> kafka = Map.of("bootstrap.servers", world.kafka());
            produce(kafka, events);
            try (Publisher publisher = new Publisher(PublisherConfig.ofSource(kafka, Topics.DEFAULT, "direct"))) {
                publisher.publish(IntStream.range(EVENTS / 2, EVENTS)
                        .mapToObj(i -> publisher.change(endpoint(i, "direct")))
                        .toList());
            }

            await("all good endpoints").atMost(LIVE).until(() -> hosts(envoy).size() == EVENTS);
            assertThat(hosts(envoy))
                    .isEqualTo(IntStream.range(0, EVENTS)
                            .mapToObj(i -> address(i) + ":" + port(i))
                            .collect(toSet()));
            await("all broken ones").atMost(LIVE).until(() -> deadLetters(kafka).size() >= EVENTS);
            assertReasons(events, deadLetters(kafka));
            assertThat(world.up().health().notLive()).isEmpty();
            assertThat(world.up().health().notReady()).isEmpty();
        }
    }

    private static void assertReasons(List<Event> events, List<ConsumerRecord<byte[], byte[]>> letters) {
        Map<String, String> reasons = new HashMap<>();
        letters.forEach(letter -> reasons.put(header(letter, "ce_id"), header(letter, DeadLetters.REASON)));
        assertThat(letters).hasSize(EVENTS);
        for (Event event : events) {
            String id = new String(event.record().headers().lastHeader("ce_id").value(), UTF_8);
            if (event.field() == null) {
                assertThat(reasons).doesNotContainKey(id);
            } else {
                assertThat(reasons.get(id)).as(id).contains(event.field());
            }
        }
    }

    private Event goodForInbox(int i) {
        String json = """
            {"kind": "Endpoint", "metadata": {"name": "e%d"},
             "spec": {"service": "bulk-%d", "source": "inbox", "address": "%s", "ports": {"main": %d}}}""".formatted(i, i % SERVICES, address(i), port(i));
        return new Event(
                record("good-" + i, Topic.INBOX, null, "any", json.getBytes(UTF_8), "application/json", ""), null);
    }

    /** Half of them in the inbox, half straight in an input topic. */
    private Event broken(int i) {
        String key = new EndpointKey("default", "default", "bulk-0", "test", "broken-" + i).text();
        int home = Partitions.of(ObjectKey.parse(key), SERVICE_PARTITIONS);
        Topic topic = i % 2 == 0 ? Topic.INBOX : Topic.ENDPOINTS;
        Integer partition = topic == Topic.INBOX ? null : home;
        EndpointSpec.Builder spec = endpoint(0, "test").getSpec().toBuilder().setInstance("broken-" + i);
        String id = "broken-" + i;
        return switch (i / 2 % 9) {
            case 0 -> new Event(record(id, topic, partition, key, noise(), "", "Endpoint"), "value");
            case 1 -> new Event(record(id, topic, partition, key, bytes(spec), "", "Gatewya"), "ce_type");
            case 2 -> json(id, topic, partition, key, "\"adress\": \"127.0.0.1\"", "spec.adress");
            case 3 -> json(id, topic, partition, key, "\"labels\": {}", "spec.address");
            case 4 ->
                new Event(record(id, topic, partition, key, bytes(spec.setWeight(500)), "", "Endpoint"), "spec.weight");
            case 5 ->
                new Event(
                        record(id, topic, partition, key, bytes(spec.clearService()), "", "Endpoint"), "spec.service");
            case 6 ->
                new Event(
                        record(
                                id,
                                topic,
                                partition,
                                key,
                                bytes(spec.putLabels("x", "y".repeat(1_200_000))),
                                "",
                                "Endpoint"),
                        "bytes");
            case 7 ->
                new Event(
                        record(id, Topic.ENDPOINTS, (home + 1) % SERVICE_PARTITIONS, key, bytes(spec), "", "Endpoint"),
                        "partition");
            default -> badRoute(id, i);
        };
    }

    private Event json(String id, Topic topic, @Nullable Integer partition, String key, String field, String expected) {
        String text = """
            {"kind": "Endpoint", "metadata": {"name": "%s"},
             "spec": {"service": "bulk-0", "source": "test", "ports": {"main": 1}, %s}}""".formatted(id, field);
        return new Event(record(id, topic, partition, key, text.getBytes(UTF_8), "application/json", ""), expected);
    }

    private Event badRoute(String id, int i) {
        String text = """
            {"kind": "HTTPRoute", "metadata": {"name": "broken-%d"},
             "spec": {"parentRefs": [{"name": "edge"}],
                      "rules": [{"matches": [{"path": {"type": "RegularExpression", "value": "(("}}]}]}}""".formatted(i);
        return new Event(
                record(
                        id,
                        Topic.CONFIG,
                        Partitions.byMesh("default", MESH_PARTITIONS),
                        "default/HTTPRoute/default/broken-" + i,
                        text.getBytes(UTF_8),
                        "application/json",
                        ""),
                "spec.rules[0].matches[0].path.value");
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        noise[0] = 0x0f; // a tag of wire type 7, which Protobuf doesn't have
        return noise;
    }

    private static ProducerRecord<byte[], byte[]> record(
            String id,
            Topic topic,
            @Nullable Integer partition,
            String key,
            byte[] value,
            String contentType,
            String type) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", id.getBytes(UTF_8));
        headers.add("ce_source", "test".getBytes(UTF_8));
        if (!contentType.isEmpty()) {
            headers.add("content-type", contentType.getBytes(UTF_8));
        }
        if (!type.isEmpty()) {
            headers.add("ce_type", type.getBytes(UTF_8));
        }
        return new ProducerRecord<>(Topics.DEFAULT.name(topic), partition, key.getBytes(UTF_8), value, headers);
    }

    private static Endpoint endpoint(int i, String source) {
        return Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName("e" + i))
                .setSpec(EndpointSpec.newBuilder()
                        .setService("bulk-" + i % SERVICES)
                        .setSource(source)
                        .setAddress(address(i))
                        .putPorts("main", port(i)))
                .build();
    }

    private static byte[] bytes(EndpointSpec.Builder spec) {
        return Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(spec.getInstance()))
                .setSpec(spec)
                .build()
                .toByteArray();
    }

    private static String address(int i) {
        return "127.1." + i / 200 + "." + (1 + i % 200);
    }

    private static int port(int i) {
        return 10_000 + i;
    }

    private static void produce(Map<String, Object> kafka, List<Event> events) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("max.request.size", 4 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            events.forEach(event -> {
                var _ = producer.send(event.record());
            });
            producer.flush();
        }
    }

    private static Set<String> hosts(EnvoyNode envoy) {
        return HOST.matcher(envoy.admin("/clusters"))
                .results()
                .map(host -> host.group(1))
                .collect(toSet());
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(Map<String, Object> kafka) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        LogReader.readTopicsToEnd(
                kafka, List.of(Topics.DEFAULT.name(Topic.DEAD_LETTERS)), letters::add, progress -> {});
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String configuration(int port) {
        StringBuilder yaml = new StringBuilder("""
            kind: Gateway
            metadata: {name: edge}
            spec:
              groups: [edge]
              listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]
            ---
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: edge}]
              rules:
                - backendRefs:
            """.formatted(port));
        for (int i = 0; i < SERVICES; i++) {
            yaml.append("        - {name: bulk-").append(i).append(", port: 80}\n");
        }
        for (int i = 0; i < SERVICES; i++) {
            yaml.append("---\nkind: Service\nmetadata: {name: bulk-")
                    .append(i)
                    .append("}\nspec: {ports: [{name: main, port: 80}]}\n");
        }
        return yaml.toString();
    }
}
