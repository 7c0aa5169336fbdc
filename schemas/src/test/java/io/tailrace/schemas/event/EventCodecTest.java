package io.tailrace.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

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
            new EventMeta("17", "vm", Instant.parse("2026-01-31T12:00:00.5Z"), "ada"));

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

    static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
