package io.tailrace.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {
    private static final Endpoint ENDPOINT = Endpoint.newBuilder()
            .setMetadata(Metadata.newBuilder()
                    .setMesh("default")
                    .setNamespace("default")
                    .setName("cart-1"))
            .setSpec(EndpointSpec.newBuilder()
                    .setService("cart")
                    .setSource("vm")
                    .setInstance("cart-1")
                    .setAddress("10.0.0.1")
                    .putPorts("http", 8080))
            .build();
    private static final ChangeEvent EVENT = new ChangeEvent(
            ObjectKey.of(ENDPOINT),
            ENDPOINT,
            new EventMeta("17", "vm", Instant.parse("2026-01-31T12:00:00.5Z"), "ada", "less load"));

    @Test
    void whatIsEncodedComesBack() {
        EncodedEvent encoded = EventCodec.encode(EVENT);

        assertThat(new String(encoded.key(), UTF_8)).isEqualTo("default/Endpoint/default/cart/vm/cart-1");
        assertThat(EventCodec.decode(encoded.key(), encoded.value(), encoded.headers()))
                .isEqualTo(new Decoded.Good(EVENT));
    }

    @Test
    void aDeletionComesBack() {
        ChangeEvent deletion = new ChangeEvent(EVENT.key(), null, EVENT.meta());

        EncodedEvent encoded = EventCodec.encode(deletion);

        assertThat(encoded.value()).isNull();
        assertThat(EventCodec.decode(encoded.key(), null, encoded.headers())).isEqualTo(new Decoded.Good(deletion));
    }

    @Test
    void jsonInTheInboxIsTheSameObject() {
        Headers headers = headers("content-type", "application/json; charset=UTF-8");
        String json = """
                {"kind": "Endpoint", "metadata": {"name": "cart-1"}, "spec":
                 {"service": "cart", "source": "vm", "address": "10.0.0.1", "ports": {"http": 8080}}}
                """;

        Decoded decoded = EventCodec.decodeInbox(null, json.getBytes(UTF_8), headers);

        assertThat(((Decoded.Good) decoded).event().object()).isEqualTo(ENDPOINT);
    }

    @Test
    void anInboxEndpointWithoutSourceHasTheEvents() {
        Endpoint sourceless = ENDPOINT.toBuilder()
                .setSpec(ENDPOINT.getSpec().toBuilder().clearSource())
                .build();

        Decoded decoded = EventCodec.decodeInbox(
                null, sourceless.toByteArray(), headers("ce_type", "Endpoint", "ce_source", "vm"));

        assertThat(((Decoded.Good) decoded).event().object()).isEqualTo(ENDPOINT);
    }

    @Test
    void aDeletionInTheInboxIsNamedByItsSubjectOrElseByItsKey() {
        byte[] key = EVENT.key().text().getBytes(UTF_8);

        assertThat(deleted(EventCodec.decodeInbox(
                        null, null, headers("ce_subject", EVENT.key().text()))))
                .isEqualTo(EVENT.key());
        assertThat(deleted(EventCodec.decodeInbox(key, null, headers()))).isEqualTo(EVENT.key());
        assertThat(deleted(EventCodec.decodeInbox(
                        "x".getBytes(UTF_8),
                        null,
                        headers("ce_subject", EVENT.key().text()))))
                .isEqualTo(EVENT.key());
    }

    @Test
    void headersThatAreLeftOutAreEmpty() {
        Decoded decoded = EventCodec.decodeInbox(null, ENDPOINT.toByteArray(), headers("ce_type", "Endpoint"));

        assertThat(((Decoded.Good) decoded).event().meta()).isEqualTo(new EventMeta("", "", Instant.EPOCH, ""));
    }

    @Test
    void theSameEventGivesTheSameBytes() {
        assertThat(EventCodec.encode(EVENT).value())
                .isEqualTo(EventCodec.encode(EVENT).value());
        assertThat(new String(
                        EventCodec.encode(EVENT).headers().lastHeader("ce_time").value(), UTF_8))
                .isEqualTo("2026-01-31T12:00:00.500Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_type=Nothing|header ce_type",
                "|header ce_type",
                "ce_type=HTTPRoute|value",
                "ce_type=Endpoint;content-type=text/plain|header content-type",
                "ce_type=Endpoint;content-type=application/cloudevents+json|header content-type",
                "ce_type=Endpoint;content-type=application/json|value",
                "ce_type=Endpoint;ce_specversion=0.3|header ce_specversion",
                "ce_type=Endpoint;ce_time=yesterday|header ce_time",
            })
    void aBrokenHeaderIsNamed(String headers, String field) {
        String[] pairs = headers == null ? new String[0] : headers.split("[;=]");

        Decoded decoded = EventCodec.decodeInbox(null, new byte[] {1, 2, 3}, headers(pairs));

        assertThat(((Decoded.Broken) decoded).problem().field()).isEqualTo(field);
    }

    @Test
    void aHeaderThatIsNoTextIsNamed() {
        Headers headers = headers("ce_type", "Endpoint");
        headers.add("ce_id", new byte[] {(byte) 0xff});

        assertThat(broken(EventCodec.decodeInbox(null, ENDPOINT.toByteArray(), headers)))
                .isEqualTo("header ce_id");
    }

    @Test
    void onAnInputTopicTheKeyMustBeTheObjectsOwn() {
        byte[] value = ENDPOINT.toByteArray();
        Headers headers = headers("ce_type", "Endpoint");

        assertThat(broken(EventCodec.decode(null, value, headers))).isEqualTo("key");
        assertThat(broken(EventCodec.decode(null, null, headers))).isEqualTo("key");
        assertThat(broken(EventCodec.decode("x".getBytes(UTF_8), value, headers)))
                .isEqualTo("key");
        assertThat(broken(EventCodec.decode(new byte[] {(byte) 0xff}, value, headers)))
                .isEqualTo("key");
        assertThat(broken(EventCodec.decode("default/Endpoint/default/cart/vm/cart-2".getBytes(UTF_8), value, headers)))
                .isEqualTo("key");
    }

    @Test
    void anObjectWithoutWhatItsKeyIsMadeOfIsNamed() {
        Endpoint nameless = ENDPOINT.toBuilder()
                .setSpec(ENDPOINT.getSpec().toBuilder().clearService())
                .build();

        assertThat(broken(EventCodec.decodeInbox(null, nameless.toByteArray(), headers("ce_type", "Endpoint"))))
                .isEqualTo("spec.service");
        assertThat(broken(EventCodec.decodeInbox(
                        null,
                        "{\"kind\": \"Service\", \"spec\": {\"port\": 1}}".getBytes(UTF_8),
                        headers("content-type", "application/json"))))
                .isEqualTo("spec.port");
    }

    @Test
    void anyBytesAreAnswered() {
        long seed = Long.getLong("seed", 7L);
        String[] types = {"Endpoint", "HTTPRoute", "EnvoyResource", "", "x"};
        for (long run = seed; run < seed + 3000; run++) {
            Random random = new Random(run);
            byte[] value = random.nextBoolean() ? ENDPOINT.toByteArray() : new byte[random.nextInt(40)];
            for (int i = random.nextInt(8); i > 0 && value.length > 0; i--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            Headers headers = headers("ce_type", types[random.nextInt(types.length)]);
            if (random.nextInt(3) == 0) {
                headers.add("content-type", "application/json".getBytes(UTF_8));
            }
            byte[] key = EVENT.key().text().getBytes(UTF_8);

            assertThat(EventCodec.decode(key, value, headers))
                    .as("-Dseed=%d", run)
                    .isNotNull();
            assertThat(EventCodec.decodeInbox(value, value, headers))
                    .as("-Dseed=%d", run)
                    .isNotNull();
            assertThat(EventCodec.decodeInbox(value, null, headers))
                    .as("-Dseed=%d", run)
                    .isNotNull();
        }
    }

    private static ObjectKey deleted(Decoded decoded) {
        ChangeEvent event = ((Decoded.Good) decoded).event();
        assertThat(event.isDeletion()).isTrue();
        return event.key();
    }

    private static String broken(Decoded decoded) {
        return ((Decoded.Broken) decoded).problem().field();
    }

    static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
