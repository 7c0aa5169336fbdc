package io.tailrace.connectors.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.connectors.testing.TestLog;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.tools.LineMessageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxConnectorIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final TestLog log = TestLog.create();
    private final List<InboxConnector> running = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            with("max.request.size", 9 << 20), new ByteArraySerializer(), new ByteArraySerializer());

    @AfterEach
    void stop() {
        producer.close();
        running.forEach(InboxConnector::close);
    }

    @Test
    void jsonFromTheConsoleProducerPlainProtobufAndThePublisherBecomeTheSameRecord() {
        start();
        Endpoint endpoint = endpoint("one").build();

        console("content-type:application/json,ce_source:vm\t"
                + "{\"kind\": \"Endpoint\", \"metadata\": {\"name\": \"one\"}, \"spec\": "
                + "{\"service\": \"shop\", \"address\": \"10.0.0.1\", \"ports\": {\"http\": 8080}}}\n");
        produce("any key", endpoint.toByteArray(), Map.of("ce_type", "Endpoint", "ce_source", "vm"));
        try (Publisher publisher = new Publisher(PublisherConfig.ofCommand(log.kafka(), log.topics(), "vm"))) {
            publisher.publish(List.of(publisher.change(endpoint)));
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.records(Topic.ENDPOINTS)).hasSize(3));

        List<ConsumerRecord<byte[], byte[]>> records = log.records(Topic.ENDPOINTS);
        ConsumerRecord<byte[], byte[]> first = records.getFirst();
        assertThat(TestLog.text(first.key())).isEqualTo("default/Endpoint/default/shop/vm/one");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(first.key());
            assertThat(record.value()).isEqualTo(first.value());
            assertThat(record.partition()).isEqualTo(first.partition());
            assertThat(TestLog.header(record, "ce_source")).isEqualTo("vm");
        });
        assertThat(first.partition()).isEqualTo(Partitions.of(ObjectKey.parse(TestLog.text(first.key())), 3));
    }

    @Test
    void aDeletionIsNamedByItsKeyOrItsSubject() {
        start();
        send(service("one", 1));
        send(service("two", 1));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.standing(Topic.CONFIG)).hasSize(2));

        produce(key("one").text(), null, Map.of("ce_source", "vm"));
        produce(
                "anything",
                null,
                Map.of("ce_source", "vm", "ce_subject", key("two").text()));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.standing(Topic.CONFIG)).isEmpty());
        assertThat(log.records(Topic.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aThousandBrokenEventsAmongAThousandGoodOnesHarmNoGoodOne() {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            send(endpoint("e" + i).build());
            BrokenEvents.Sort sort = BrokenEvents.SORTS.get(i % BrokenEvents.SORTS.size());
            // Large ones are many bytes for what they show.
            sort = sort.name().equals("far too large") && i > 100 ? BrokenEvents.SORTS.getFirst() : sort;
            ProducerRecord<byte[], byte[]> broken = BrokenEvents.of(sort, log.name(Topic.INBOX), random);
            wanted.put(TestLog.text(broken.key()), sort.field());
            var _ = producer.send(broken);
        }
        start();
        start();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.records(Topic.DEAD_LETTERS)).hasSize(1_000));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.standing(Topic.ENDPOINTS)).hasSize(1_000));

        assertThat(log.records(Topic.ENDPOINTS)).as("each once, seed %s", seed).hasSize(1_000);
        List<String> misnamed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter : log.records(Topic.DEAD_LETTERS)) {
            String reason = TestLog.header(letter, DeadLetters.REASON);
            if (!reason.contains(wanted.getOrDefault(TestLog.text(letter.key()), "no such event"))) {
                misnamed.add(TestLog.text(letter.key()) + ": " + reason);
            }
            assertThat(letter.serializedValueSize()).isLessThanOrEqualTo(DeadLetters.MAX_VALUE_BYTES);
        }
        assertThat(misnamed).as("seed %s", seed).isEmpty();
        assertThat(running).allSatisfy(inbox -> assertThat(inbox.notLive()).isEmpty());
    }

    @Test
    void anEncryptedSecretIsForwardedAndOneInPlainTextIsNowhereToBeRead() {
        start();

        produce(
                "one",
                json("Secret", "encrypted", "\"keyId\": \"k1\", \"ciphertext\": \"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\""),
                Map.of("content-type", "application/json", "ce_source", "vm"));
        produce(
                "two",
                json("Secret", "plain", "\"data\": \"hunter2\""),
                Map.of("content-type", "application/json", "ce_source", "vm"));

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(log.standing(Topic.SECRETS).keySet()).containsExactly("default/Secret/default/encrypted");
            assertThat(log.records(Topic.DEAD_LETTERS)).hasSize(1);
        });
        ConsumerRecord<byte[], byte[]> letter = log.records(Topic.DEAD_LETTERS).getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(letter.headers().toString()).doesNotContain("hunter2");
        assertThat(TestLog.header(letter, DeadLetters.REASON))
                .contains("spec.data")
                .doesNotContain("hunter2");
    }

    @Test
    void anEventThatATopicDoesNotTakeBecomesADeadLetterAndOthersGoOn() throws Exception {
        try (Admin admin = log.broker().admin()) {
            ConfigResource config = new ConfigResource(ConfigResource.Type.TOPIC, log.name(Topic.CONFIG));
            admin.incrementalAlterConfigs(Map.of(
                            config,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        Service large = service("large", 1).toBuilder()
                .setMetadata(Metadata.newBuilder().setName("large").putLabels("x", "y".repeat(50_000)))
                .build();

        for (int i = 0; i < 20; i++) {
            send(i == 10 ? large : service("s" + i, 1));
        }
        start();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(log.standing(Topic.CONFIG)).hasSize(19));
        assertThat(log.records(Topic.CONFIG)).hasSize(19);
        assertThat(log.records(Topic.DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void instancesThatAreKilledInTheMiddleForwardEachEventExactlyOnce() throws Exception {
        long seed = Long.getLong("seed", 7);
        Random random = new Random(seed);
        Set<String> sent = new HashSet<>();
        Process inbox = InboxProcess.start(log.broker().bootstrapServers(), log.topics());
        for (int kills = 0; kills < 3; kills++) {
            int before = log.records(Topic.ENDPOINTS).size();
            for (int i = 0; i < 4_000; i++) {
                String name = "e" + sent.size();
                sent.add(name);
                send(endpoint(name).build());
            }
            int enough = before + 1 + random.nextInt(2_000);
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> log.records(Topic.ENDPOINTS).size() >= enough);
            inbox.destroyForcibly().waitFor();
            inbox = InboxProcess.start(log.broker().bootstrapServers(), log.topics());
        }
        try {
            await().atMost(LONG).until(() -> log.records(Topic.ENDPOINTS).size() >= sent.size());
        } finally {
            inbox.destroyForcibly().waitFor();
        }

        assertThat(log.records(Topic.ENDPOINTS)).as("seed %s", seed).hasSize(sent.size());
        assertThat(log.standing(Topic.ENDPOINTS)).as("seed %s", seed).hasSize(sent.size());
    }

    @Test
    void anInstanceThatLeavesAndABrokerThatIsAwayLoseAndDoubleNothing() {
        InboxConnector first = start();
        start();
        for (int i = 0; i < 2_000; i++) {
            send(endpoint("e" + i).build());
        }
        await().atMost(LONG).until(() -> !log.records(Topic.ENDPOINTS).isEmpty());
        first.close();
        await().atMost(LONG).until(() -> log.standing(Topic.ENDPOINTS).size() == 2_000);
        log.broker().stop();

        log.broker().restart();
        send(endpoint("last").build());

        await().atMost(LONG).until(() -> log.standing(Topic.ENDPOINTS).size() == 2_001);
        assertThat(log.records(Topic.ENDPOINTS)).hasSize(2_001);
    }

    private InboxConnector start() {
        InboxConnector inbox = new InboxConnector(
                InboxSettings.of(log.kafka(), log.topics(), UUID.randomUUID().toString()), new SimpleMeterRegistry());
        running.add(inbox);
        inbox.start();
        return inbox;
    }

    private void console(String lines) {
        LineMessageReader reader = new LineMessageReader();
        reader.configure(Map.of("topic", log.name(Topic.INBOX), "parse.headers", "true"));
        reader.readRecords(new ByteArrayInputStream(lines.getBytes(UTF_8))).forEachRemaining(record -> {
            var _ = producer.send(record);
        });
    }

    private void send(Endpoint endpoint) {
        produce(
                endpoint.getMetadata().getName(),
                endpoint.toByteArray(),
                Map.of("ce_type", "Endpoint", "ce_source", "vm"));
    }

    private void send(Service service) {
        produce(
                service.getMetadata().getName(),
                service.toByteArray(),
                Map.of("ce_type", "Service", "ce_source", "vm"));
    }

    private void produce(String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(log.name(Topic.INBOX), key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        var _ = producer.send(record);
    }

    private Map<String, Object> with(String name, Object value) {
        Map<String, Object> config = new HashMap<>(log.kafka());
        config.put(name, value);
        return config;
    }

    private static byte[] json(String kind, String name, String spec) {
        return "{\"kind\": \"%s\", \"metadata\": {\"name\": \"%s\"}, \"spec\": {%s}}"
                .formatted(kind, name, spec)
                .getBytes(UTF_8);
    }

    private static ObjectKey key(String service) {
        return new ConfigKey("default", Kind.SERVICE, "default", service);
    }

    private static Endpoint.Builder endpoint(String name) {
        return Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(EndpointSpec.newBuilder()
                        .setService("shop")
                        .setAddress("10.0.0.1")
                        .putPorts("http", 8080));
    }

    private static Service service(String name, int port) {
        return Service.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(ServiceSpec.newBuilder()
                        .addPorts(ServicePort.newBuilder().setName("http").setPort(port)))
                .build();
    }
}
