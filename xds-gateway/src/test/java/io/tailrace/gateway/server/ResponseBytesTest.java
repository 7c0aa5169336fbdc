package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Types;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rule 26: a resource is serialized once, and what goes over the wire is what Envoy's messages say. */
class ResponseBytesTest {
    private static final Thing A = cluster("a", 1);
    private static final Thing B = cluster("b", 2);
    private static final List<Body> BODIES = List.of(A.body(7), B.body(8));

    private static Response response(Variant variant, String nonce) {
        boolean delta = variant == Variant.DELTA;
        return new Response(
                new Content(variant, Types.CLUSTER, delta ? "" : "v1", BODIES, delta ? List.of("gone") : List.of()),
                nonce);
    }

    private static byte[] drained(ResponseBytes bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes.drainTo(out);
        return out.toByteArray();
    }

    private static Any any(Thing thing) {
        return Any.newBuilder()
                .setTypeUrl(Types.CLUSTER)
                .setValue(thing.message().toByteString())
                .build();
    }

    @Test
    void aSotwResponseIsTheMessageThatEnvoyDefines() throws IOException {
        assertThat(DiscoveryResponse.parseFrom(drained(new ResponseBytes(response(Variant.SOTW, "n1")))))
                .isEqualTo(DiscoveryResponse.newBuilder()
                        .setVersionInfo("v1")
                        .setTypeUrl(Types.CLUSTER)
                        .setNonce("n1")
                        .addResources(any(A))
                        .addResources(any(B))
                        .build());
    }

    @Test
    void aDeltaResponseIsTheMessageThatEnvoyDefines() throws IOException {
        assertThat(DeltaDiscoveryResponse.parseFrom(drained(new ResponseBytes(response(Variant.DELTA, "n1")))))
                .isEqualTo(DeltaDiscoveryResponse.newBuilder()
                        .setTypeUrl(Types.CLUSTER)
                        .setNonce("n1")
                        .addResources(resource(A, 7))
                        .addResources(resource(B, 8))
                        .addRemovedResources("gone")
                        .build());
    }

    private static Resource resource(Thing thing, long revision) {
        return Resource.newBuilder()
                .setName(thing.name().name())
                .setVersion(thing.body(revision).version())
                .setResource(any(thing))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void theLengthIsKnownBeforeAndReadingGivesWhatDrainingGives(Variant variant) throws IOException {
        ResponseBytes bytes = new ResponseBytes(response(variant, "n1"));
        byte[] drained = drained(new ResponseBytes(response(variant, "n1")));
        assertThat(bytes.available()).isEqualTo(drained.length);
        assertThat(bytes.readAllBytes()).isEqualTo(drained);
        assertThat(bytes.available()).isZero();
    }

    /** The arrays that a response is written from. */
    private static Set<byte[]> arraysOf(Response response) throws IOException {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        new ResponseBytes(response).drainTo(new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                arrays.add(bytes);
            }
        });
        return arrays;
    }

    @Test
    void rule_26_a_resource_is_serialized_once_and_its_bytes_go_to_every_stream_of_either_variant() throws IOException {
        ByteString one = A.message().toByteString();
        for (Variant variant : Variant.values()) {
            Set<byte[]> common = arraysOf(response(variant, "n1"));
            common.retainAll(arraysOf(response(variant, "n2")));
            common.retainAll(arraysOf(response(Variant.SOTW, "n3")));
            assertThat(common)
                    .as("%s", variant)
                    .hasSize(BODIES.size())
                    .anyMatch(bytes -> ByteString.copyFrom(bytes)
                            .substring(bytes.length - one.size())
                            .equals(one));
        }
    }
}
