package io.tailrace.connectors.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Events that no inbox can use, of every sort, and what the reason of each must name. */
final class BrokenEvents {
    /** @param field what the dead letter's reason must contain */
    record Sort(String name, String field) {}

    static final List<Sort> SORTS = List.of(
            new Sort("random bytes", "value"),
            new Sort("no kind", "ce_type"),
            new Sort("a kind that nobody knows", "ce_type"),
            new Sort("a content type that nobody knows", "content-type"),
            new Sort("half of a JSON object", "value"),
            new Sort("JSON that is not UTF-8", "value"),
            new Sort("an unknown field", "spec.adress"),
            new Sort("a field of another type", "spec.ports"),
            new Sort("a missing field", "spec.address"),
            new Sort("no service", "spec.service"),
            new Sort("a bad address", "spec.address"),
            new Sort("a bad weight", "spec.weight"),
            new Sort("a time that is none", "ce_time"),
            new Sort("a deletion of nothing", "key"),
            new Sort("a deletion whose subject is no key", "ce_subject"),
            new Sort("far too large", "bytes"));

    private static final Map<String, String> JSON = Map.of("content-type", "application/json", "ce_source", "test");
    private static final Map<String, String> PROTOBUF = Map.of("ce_type", "Endpoint", "ce_source", "test");

    private BrokenEvents() {}

    static ProducerRecord<byte[], byte[]> of(Sort sort, String topic, Random random) {
        byte[] key = ("broken " + sort.name() + " " + random.nextInt()).getBytes(UTF_8);
        return switch (sort.name()) {
            case "random bytes" -> record(topic, key, bytes(random), PROTOBUF);
            case "no kind" -> record(topic, key, good(), Map.of("ce_source", "test"));
            case "a kind that nobody knows" -> record(topic, key, good(), Map.of("ce_type", "Endpiont"));
            case "a content type that nobody knows" ->
                record(topic, key, good(), Map.of("ce_type", "Endpoint", "content-type", "text/xml"));
            case "half of a JSON object" ->
                record(topic, key, json("\"address\": \"10.0.0.1\"").substring(9), JSON);
            case "JSON that is not UTF-8" -> record(topic, key, new byte[] {'{', (byte) 0xff, '}'}, JSON);
            case "an unknown field" -> record(topic, key, json("\"adress\": \"10.0.0.1\""), JSON);
            case "a field of another type" ->
                record(topic, key, json("\"address\": \"10.0.0.1\"").replace("{\"http\": 80}", "[80]"), JSON);
            case "a missing field" -> record(topic, key, json("\"labels\": {}"), JSON);
            case "no service" -> record(topic, key, endpoint().clearService().setAddress("10.0.0.1"), PROTOBUF);
            case "a bad address" -> record(topic, key, json("\"address\": \"ten\""), JSON);
            case "a bad weight" ->
                record(topic, key, endpoint().setAddress("10.0.0.1").setWeight(1000), PROTOBUF);
            case "a time that is none" ->
                record(topic, key, good(), Map.of("ce_type", "Endpoint", "ce_time", "yesterday"));
            case "a deletion of nothing" -> record(topic, key, (byte[]) null, Map.of());
            case "a deletion whose subject is no key" -> record(topic, key, (byte[]) null, Map.of("ce_subject", "x/y"));
            case "far too large" ->
                record(topic, key, endpoint().setAddress("10.0.0.1").putLabels("x", "y".repeat(2 << 20)), PROTOBUF);
            default -> throw new IllegalArgumentException(sort.name());
        };
    }

    private static EndpointSpec.Builder endpoint() {
        return EndpointSpec.newBuilder().setService("shop").setSource("test").putPorts("http", 80);
    }

    private static byte[] good() {
        return message(endpoint().setAddress("10.0.0.1"));
    }

    private static byte[] message(EndpointSpec.Builder spec) {
        return Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName("broken"))
                .setSpec(spec)
                .build()
                .toByteArray();
    }

    private static String json(String field) {
        return """
                {"kind": "Endpoint", "metadata": {"name": "broken"},
                 "spec": {"service": "shop", "source": "test", "ports": {"http": 80}, %s}}""".formatted(field);
    }

    // The first byte is a tag of wire type 7, which Protobuf doesn't have.
    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = 0x0f;
        return bytes;
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, byte[] key, String value, Map<String, String> headers) {
        return record(topic, key, value.getBytes(UTF_8), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, byte[] key, EndpointSpec.Builder spec, Map<String, String> headers) {
        return record(topic, key, message(spec), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, byte[] key, byte @Nullable [] value, Map<String, String> headers) {
        Headers all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        return new ProducerRecord<>(topic, null, key, value, all);
    }
}
