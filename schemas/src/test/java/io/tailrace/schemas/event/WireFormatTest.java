package io.tailrace.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private static final Service SERVICE = Service.newBuilder()
            .setMetadata(Metadata.newBuilder()
                    .setMesh("default")
                    .setNamespace("default")
                    .setName("shop"))
            .setSpec(ServiceSpec.newBuilder().addPorts(ServicePort.newBuilder().setPort(80)))
            .build();

    @Test
    void itsBytesAreThoseOfConfluentsDocumentation() {
        // "Wire format": the first message of a schema is a single 0; [1, 0] is 2, 1, 0 as zigzag varints.
        assertThat(hex(WireFormat.frame(258, List.of(0), new byte[] {9}))).isEqualTo("000000010200" + "09");
        assertThat(hex(WireFormat.frame(258, List.of(1, 0), new byte[] {9}))).isEqualTo("0000000102" + "040200" + "09");
        assertThat(WireFormat.protobuf(HexFormat.of().parseHex("0000000102" + "020009")))
                .hasValueSatisfying(framed -> {
                    assertThat(framed.indexes()).containsExactly(0);
                    assertThat(framed.message()).containsExactly(9);
                });
    }

    @Test
    void whatIsFramedIsReadBack() {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            List<Integer> indexes = IntStream.generate(() -> random.nextInt(300))
                    .limit(1 + random.nextInt(4))
                    .boxed()
                    .toList();
            byte[] message = new byte[random.nextInt(20)];
            random.nextBytes(message);
            int id = random.nextInt();

            byte[] framed = WireFormat.frame(id, indexes, message);

            assertThat(WireFormat.isFramed(framed)).as("seed %s", seed).isTrue();
            assertThat(WireFormat.id(framed)).as("seed %s", seed).contains(id);
            assertThat(WireFormat.protobuf(framed)).as("seed %s", seed).hasValueSatisfying(read -> {
                assertThat(read.indexes()).isEqualTo(indexes);
                assertThat(read.message()).isEqualTo(message);
            });
        }
    }

    @Test
    void anInputsFrameIsTakenOffByItsHeadersAlone() {
        EncodedEvent encoded = EventCodec.encode(new ChangeEvent(ObjectKey.of(SERVICE), SERVICE, meta()));
        byte[] framed = WireFormat.frame(7, List.of(0), SERVICE.toByteArray());

        assertThat(EventCodec.decode(encoded.key(), framed, encoded.headers()))
                .isEqualTo(EventCodec.decode(encoded.key(), encoded.value(), encoded.headers()))
                .isInstanceOf(Decoded.Good.class);
    }

    @Test
    void whatTheSchemaSaysCountsAndWhatItCanNotBeIsBrokenWithItsReason() {
        WrittenSchemas schemas = id -> switch (id) {
            case 1 -> Optional.of(new WrittenSchema.Protobuf(List.of("tailrace.v1.Other", "tailrace.v1.Service")));
            case 2 -> Optional.of(new WrittenSchema.Json());
            case 3 -> Optional.of(new WrittenSchema.Other("AVRO"));
            default -> Optional.empty();
        };
        byte[] message = SERVICE.toByteArray();
        byte[] json =
                "{\"kind\": \"Service\", \"metadata\": {\"name\": \"shop\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}"
                        .getBytes(UTF_8);
        byte[] framedJson = WireFormat.frame(2, List.of(0), json);
        framedJson = HexFormat.of().parseHex(hex(framedJson).replaceFirst("^(0000000002)00", "$1"));

        assertThat(read(WireFormat.frame(1, List.of(1), message), schemas)).isEqualTo(SERVICE);
        assertThat(read(framedJson, schemas)).isEqualTo(SERVICE);
        assertThat(broken(WireFormat.frame(1, List.of(0), message), schemas)).contains("tailrace.v1.Other");
        assertThat(broken(WireFormat.frame(1, List.of(1, 2), message), schemas)).contains("[1, 2]");
        assertThat(broken(WireFormat.frame(3, List.of(0), message), schemas)).contains("AVRO");
        assertThat(broken(WireFormat.frame(4, List.of(0), message), schemas)).contains("schema id 4");
        assertThat(broken(new byte[] {0, 1}, schemas)).contains("2 bytes that begin with a zero byte");
        assertThat(broken(new byte[] {0, 0, 0, 0, 1, 9}, schemas)).contains("no message indexes");
    }

    @Test
    void noBytesBehindAZeroMakeTheCodecThrow() {
        Random random = new Random(Long.getLong("seed", 1));
        WrittenSchemas schemas = id -> Optional.of(new WrittenSchema.Protobuf(List.of("tailrace.v1.Service")));
        for (int i = 0; i < 10_000; i++) {
            byte[] value = new byte[1 + random.nextInt(30)];
            random.nextBytes(value);
            value[0] = 0;
            EventCodec.decodeInbox(null, value, new RecordHeaders(), Optional.of(schemas));
            EventCodec.decodeInbox(null, value, new RecordHeaders().add("ce_type", "Service".getBytes(UTF_8)));
        }
    }

    private static Object read(byte[] value, WrittenSchemas schemas) {
        Decoded decoded = EventCodec.decodeInbox(null, value, new RecordHeaders(), Optional.of(schemas));
        return decoded instanceof Decoded.Good good && good.event().object() != null
                ? good.event().object()
                : decoded;
    }

    private static String broken(byte[] value, WrittenSchemas schemas) {
        Headers headers = new RecordHeaders();
        return EventCodec.decodeInbox(null, value, headers, Optional.of(schemas)) instanceof Decoded.Broken broken
                ? broken.problem().text()
                : "";
    }

    private static EventMeta meta() {
        return new EventMeta("1", "test", Instant.EPOCH, "");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
