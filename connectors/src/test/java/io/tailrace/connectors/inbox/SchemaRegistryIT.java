package io.tailrace.connectors.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.connectors.testing.Apicurio;
import io.tailrace.connectors.testing.GuardedRegistry;
import io.tailrace.connectors.testing.TestLog;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.event.WireFormat;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.testing.TestKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.HTTPBackendRef;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPRouteSpec;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publisher and inbox with a real registry, behind TLS and a password, whose name for what lies on the log is Confluent's. */
class SchemaRegistryIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    private static Apicurio apicurio;
    private static TestKeys keys;

    private final TestLog log = TestLog.create();
    private GuardedRegistry registry;
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(log.kafka(), new ByteArraySerializer(), new ByteArraySerializer());

    @BeforeAll
    static void startRegistry(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
        apicurio = Apicurio.start(folder, TestLog.create().broker().bootstrapServers());
    }

    @AfterAll
    static void stopRegistry() {
        apicurio.close();
    }

    @BeforeEach
    void comeBack() throws Exception {
        registry = new GuardedRegistry(apicurio.url(), keys);
        registry.comeBack();
    }

    @AfterEach
    void stop() {
        producer.close();
        registry.close();
    }

    @Test
    void aPublisherRegistersItsSchemasWithWhatTheyImportAndFramesItsValues() throws Exception {
        HTTPRoute route = HTTPRoute.newBuilder()
                .setMetadata(Metadata.newBuilder().setName("shop"))
                .setSpec(HTTPRouteSpec.newBuilder()
                        .addParentRefs(ParentReference.newBuilder().setName("edge"))
                        .addRules(HTTPRouteRule.newBuilder()
                                .addBackendRefs(HTTPBackendRef.newBuilder()
                                        .setName("shop")
                                        .setPort(80))))
                .build();

        publish(route, Map.of());

        ConsumerRecord<byte[], byte[]> record = log.records(Topic.CONFIG).getFirst();
        int id = ByteBuffer.wrap(record.value()).getInt(1);
        JsonObject registered = json(apicurio.call("GET", "/subjects/tailrace.v1.HTTPRoute/versions/latest", ""));
        assertThat(registered.get("id").getAsInt()).isEqualTo(id);
        assertThat(registered.get("references").getAsJsonArray())
                .map(reference -> reference.getAsJsonObject().get("name").getAsString())
                .containsExactlyInAnyOrder(
                        "tailrace/v1/http_match.proto",
                        "tailrace/v1/http_filter.proto",
                        "tailrace/v1/metadata.proto",
                        "tailrace/v1/route.proto");
        assertThat(record.value()).startsWith(0).hasSizeGreaterThan(6);
        assertThat(record.value()[5]).as("the first message of its file").isZero();
        assertThat(object(record).getSerializedSize()).isEqualTo(record.value().length - 6);

        // Another, which may only use what is there, finds it.
        publish(
                route.toBuilder()
                        .setMetadata(Metadata.newBuilder().setName("other"))
                        .build(),
                Map.of("auto.register.schemas", "false"));
        publish(
                route.toBuilder()
                        .setMetadata(Metadata.newBuilder().setName("third"))
                        .build(),
                Map.of("auto.register.schemas", "false", "use.latest.version", "true"));

        assertThat(log.records(Topic.CONFIG))
                .hasSize(3)
                .allSatisfy(other ->
                        assertThat(ByteBuffer.wrap(other.value()).getInt(1)).isEqualTo(id));
    }

    @Test
    void anIncompatibleSchemaIsRefusedAndNothingIsWritten() throws Exception {
        registered("tailrace.v1.Service", "PROTOBUF", """
            syntax = "proto3";
            package tailrace.v1;
            message Service { int64 metadata = 1; string spec = 2; }
            """);
        apicurio.call("PUT", "/config/tailrace.v1.Service", "{\"compatibility\": \"FULL\"}");

        assertThatThrownBy(() -> publish(service("shop"), Map.of()))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("refuses the schema of tailrace.v1.Service");
        assertThat(log.records(Topic.CONFIG)).isEmpty();
    }

    @Test
    void whoMayNotRegisterIsToldWhatIsMissingAndWhoIsNotKnownThatToo() {
        Map<String, Object> strategy =
                Map.of("value.subject.name.strategy", "TopicRecordNameStrategy", "auto.register.schemas", "false");
        assertThatThrownBy(() -> publish(service("shop"), strategy))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining(log.name(Topic.CONFIG) + "-tailrace.v1.Service")
                .hasMessageContaining("auto.register.schemas=true");
        assertThatThrownBy(() -> publish(service("shop"), Map.of("basic.auth.user.info", "tailrace:wrong")))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("doesn't let this process in (401)");
        assertThatThrownBy(() -> publish(
                        service("shop"),
                        Map.of(
                                "schema.registry.ssl.truststore.location",
                                keys.keystore().toString())))
                .as("that store trusts nobody")
                .isInstanceOf(RuntimeException.class);
        assertThat(log.records(Topic.CONFIG)).isEmpty();
    }

    @Test
    void framedEventsOfOtherProgramsAreReadByTheirSchemas() throws Exception {
        Endpoint endpoint = Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName("one"))
                .setSpec(EndpointSpec.newBuilder()
                        .setService("shop")
                        .setAddress("10.0.0.1")
                        .putPorts("http", 8080))
                .build();
        int theirs = registered("their.Endpoints", "PROTOBUF", """
            syntax = "proto3";
            package tailrace.v1;
            message Before { string x = 1; }
            message Endpoint { string some = 15; }
            """);
        int json = registered(
                "their.json",
                "JSON",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\"}");
        try (InboxConnector inbox = start()) {
            produce(WireFormat.frame(theirs, List.of(1), endpoint.toByteArray()));
            produce(ByteBuffer.allocate(200).put((byte) 0).putInt(json).put("""
                {"kind": "Endpoint", "metadata": {"name": "two"},
                 "spec": {"service": "shop", "address": "10.0.0.2", "ports": {"http": 8080}}}
                """.getBytes(UTF_8)));

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(log.records(Topic.ENDPOINTS)).hasSize(2));
            assertThat(inbox.notReady()).isEmpty();
        }
        assertThat(log.records(Topic.DEAD_LETTERS)).isEmpty();
        assertThat(log.records(Topic.ENDPOINTS)).allSatisfy(record -> {
            assertThat(record.value()).startsWith(0);
            assertThat(((Endpoint) object(record)).getSpec().getService()).isEqualTo("shop");
        });
    }

    @Test
    void whatNoSchemaOrAForeignOneWasWrittenWithIsADeadLetterWithItsReason() throws Exception {
        int order = registered(
                "shop.Order", "PROTOBUF", "syntax = \"proto3\"; package shop; message Order { int32 n = 1; }");
        int avro = registered("shop.Avro", "AVRO", "{\"type\": \"record\", \"name\": \"A\", \"fields\": []}");
        try (InboxConnector inbox = start()) {
            produce(WireFormat.frame(999_999, List.of(0), new byte[] {8, 1}));
            produce(WireFormat.frame(order, List.of(0), new byte[] {8, 1}));
            produce(WireFormat.frame(avro, List.of(0), new byte[] {8, 1}));

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(log.records(Topic.DEAD_LETTERS)).hasSize(3));
            assertThat(inbox.notReady()).isEmpty();
        }
        assertThat(log.records(Topic.DEAD_LETTERS))
                .map(letter -> TestLog.header(letter, DeadLetters.REASON))
                .anyMatch(reason -> reason.contains("999999, which the registry doesn't know"))
                .anyMatch(reason -> reason.contains("the message shop.Order"))
                .anyMatch(reason -> reason.contains("of type AVRO"));
    }

    @Test
    void whileTheRegistryIsAwayEventsWaitAndNoneIsLost() throws Exception {
        int id = registered("away.Service", "PROTOBUF", """
            syntax = "proto3";
            package tailrace.v1;
            message Service { int32 x = 9; }
            """);
        registry.goAway();
        try (InboxConnector inbox = start()) {
            for (int i = 0; i < 20; i++) {
                produce(WireFormat.frame(id, List.of(0), service("shop-" + i).toByteArray()));
            }
            await().atMost(LONG).until(() -> inbox.notReady().orElse("").contains("schema registry"));
            assertThat(inbox.notLive()).isEmpty();
            assertThat(log.records(Topic.DEAD_LETTERS)).isEmpty();
            assertThat(log.records(Topic.CONFIG)).isEmpty();

            registry.comeBack();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(log.standing(Topic.CONFIG)).hasSize(20));
            await().atMost(LONG).until(() -> inbox.notReady().isEmpty());
        }
        assertThat(log.records(Topic.CONFIG)).hasSize(20);
        assertThat(log.records(Topic.DEAD_LETTERS)).isEmpty();
    }

    private InboxConnector start() {
        InboxConnector inbox = new InboxConnector(
                InboxSettings.of(
                        settings(Map.of("value.subject.name.strategy", "TopicRecordNameStrategy")), log.topics(), "1"),
                new SimpleMeterRegistry());
        inbox.start();
        return inbox;
    }

    private void publish(Message object, Map<String, Object> more) {
        try (Publisher publisher = new Publisher(PublisherConfig.ofCommand(settings(more), log.topics(), "test"))) {
            publisher.publish(List.of(publisher.change(object)));
        }
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(log.kafka());
        settings.putAll(registry.settings());
        settings.putAll(more);
        return settings;
    }

    private void produce(ByteBuffer value) {
        value.flip();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        produce(bytes);
    }

    private void produce(byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(log.name(Topic.INBOX), value);
        record.headers().add("ce_source", "theirs".getBytes(UTF_8));
        var _ = producer.send(record);
        producer.flush();
    }

    /** Registers beside Tailrace, as others do; returns the id. */
    private static int registered(String subject, String type, String schema) throws IOException, InterruptedException {
        JsonObject body = new JsonObject();
        body.addProperty("schemaType", type);
        body.addProperty("schema", schema);
        return json(apicurio.call("POST", "/subjects/" + subject + "/versions", body.toString()))
                .get("id")
                .getAsInt();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static Message object(ConsumerRecord<byte[], byte[]> record) {
        return switch (EventCodec.decode(record.key(), record.value(), record.headers())) {
            case Decoded.Good(ChangeEvent event) when event.object() != null -> event.object();
            case Decoded.Good good -> throw new AssertionError(good);
            case Decoded.Broken(var problem) -> throw new AssertionError(problem.text());
        };
    }

    private static Service service(String name) {
        return Service.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(ServiceSpec.newBuilder()
                        .addPorts(ServicePort.newBuilder().setName("http").setPort(80)))
                .build();
    }
}
