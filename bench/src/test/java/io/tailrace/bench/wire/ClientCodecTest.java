package io.tailrace.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Types;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the fake client reads and writes by hand is what Protobuf writes and reads. */
class ClientCodecTest {
    private static final String LONG_NONCE = "n".repeat(200);
    private static final int NAMES = 12;

    private static Workload workload(Variant variant) {
        return new Workload(variant, 1, 1, new Content(NAMES, 10, 10_000), new Asking(NAMES, false));
    }

    private static Any any(Edition edition) {
        return Any.newBuilder()
                .setTypeUrl(Types.ASSIGNMENT)
                .setValue(edition.bytes())
                .build();
    }

    private static ByteBuf bytes(MessageLite message) {
        return Unpooled.directBuffer().writeBytes(message.toByteArray());
    }

    private static Map<Integer, Integer> truth(Catalog catalog) {
        Map<Integer, Integer> truth = new TreeMap<>();
        int[] hashes = catalog.hashes();
        for (int i = 0; i < hashes.length; i++) {
            truth.put(i, hashes[i]);
        }
        return truth;
    }

    private static byte[] withoutPrefix(ByteBuf framed) {
        assertThat(framed.readByte()).isZero();
        assertThat(framed.readInt()).isEqualTo(framed.readableBytes());
        return ByteBufUtil.getBytes(framed);
    }

    @Test
    void aDeltaResponseIsReadAndAcked() throws InvalidProtocolBufferException {
        Catalog catalog = new Catalog(workload(Variant.DELTA).content());
        var builder = DeltaDiscoveryResponse.newBuilder()
                .setSystemVersionInfo("system")
                .setTypeUrl(Types.ASSIGNMENT)
                .setNonce(LONG_NONCE)
                .setControlPlane(ControlPlane.newBuilder().setIdentifier("a field of no interest"))
                .addRemovedResources("another");
        for (Edition edition : catalog.current()) {
            builder.addResources(Resource.newBuilder()
                    .setVersion("1")
                    .setName(Names.of(edition.name()))
                    .setResourceName(ResourceName.newBuilder().setName("of no interest"))
                    .setResource(any(edition)));
        }
        ByteBuf response = bytes(builder.build());
        ResponseReader reader = new ResponseReader(Variant.DELTA);
        Map<Integer, Integer> got = new TreeMap<>();

        reader.read(response, (name, _, hash) -> got.put(name, hash));
        ByteBuf ack =
                new RequestWriter(workload(Variant.DELTA)).ack(UnpooledByteBufAllocator.DEFAULT, reader, response);

        assertThat(got).isEqualTo(truth(catalog));
        assertThat(DeltaDiscoveryRequest.parseFrom(withoutPrefix(ack)))
                .isEqualTo(DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .setResponseNonce(LONG_NONCE)
                        .build());
    }

    @Test
    void itIsKnownWhichEditionAClientHas() {
        Catalog catalog = new Catalog(new Content(NAMES, 2, 10_000));
        catalog.next();
        catalog.next();
        catalog.next();
        var builder =
                DiscoveryResponse.newBuilder().setTypeUrl(Types.ASSIGNMENT).setNonce("3");
        catalog.current().forEach(edition -> builder.addResources(any(edition)));
        ByteBuf response = bytes(builder.build());
        Map<Integer, Integer> editions = new TreeMap<>();

        new ResponseReader(Variant.SOTW).read(response, (name, edition, _) -> editions.put(name, edition));

        assertThat(editions)
                .hasSize(NAMES)
                .containsEntry(0, 2)
                .containsEntry(1, 1)
                .containsEntry(2, 0);
    }

    @Test
    void aLoadAssignmentWithoutEndpointsIsOfNoEdition() {
        var empty = ClusterLoadAssignment.newBuilder()
                .setClusterName(Names.of(4))
                .build()
                .toByteString();
        ByteBuf response = bytes(DiscoveryResponse.newBuilder()
                .addResources(Any.newBuilder().setTypeUrl(Types.ASSIGNMENT).setValue(empty))
                .build());
        Map<Integer, Integer> editions = new TreeMap<>();

        new ResponseReader(Variant.SOTW).read(response, (name, edition, _) -> editions.put(name, edition));

        assertThat(editions).isEqualTo(Map.of(4, -1));
    }

    @Test
    void aSotwResponseIsReadAndAckedWithItsVersionAndAllNames() throws InvalidProtocolBufferException {
        Catalog catalog = new Catalog(workload(Variant.SOTW).content());
        var builder = DiscoveryResponse.newBuilder()
                .setVersionInfo("v7")
                .setCanary(true)
                .setTypeUrl(Types.ASSIGNMENT)
                .setNonce("3");
        catalog.current().forEach(edition -> builder.addResources(any(edition)));
        ByteBuf response = bytes(builder.build());
        ResponseReader reader = new ResponseReader(Variant.SOTW);
        Map<Integer, Integer> got = new TreeMap<>();

        reader.read(response, (name, _, hash) -> got.put(name, hash));
        ByteBuf ack = new RequestWriter(workload(Variant.SOTW)).ack(UnpooledByteBufAllocator.DEFAULT, reader, response);

        assertThat(got).isEqualTo(truth(catalog));
        DiscoveryRequest.Builder expected = DiscoveryRequest.newBuilder()
                .setTypeUrl(Types.ASSIGNMENT)
                .setVersionInfo("v7")
                .setResponseNonce("3");
        catalog.current().forEach(edition -> expected.addResourceNames(Names.of(edition.name())));
        assertThat(DiscoveryRequest.parseFrom(withoutPrefix(ack))).isEqualTo(expected.build());
    }

    @Test
    void theFirstRequestAsksForEveryNameAndSaysWhoAsksAndWhatItKnows() throws InvalidProtocolBufferException {
        byte[] asking = new RequestWriter(workload(Variant.DELTA)).asking(5, Map.of(Names.of(3), "known"));
        ByteBuf first = new RequestWriter(workload(Variant.DELTA)).first(5, asking);

        DeltaDiscoveryRequest request = DeltaDiscoveryRequest.parseFrom(withoutPrefix(first));
        assertThat(request.getNode().getId()).isEqualTo("node-5");
        assertThat(request.getResourceNamesSubscribeList()).hasSize(NAMES).contains(Names.of(0), Names.of(11));
        assertThat(request.getInitialResourceVersionsMap()).isEqualTo(Map.of(Names.of(3), "known"));
    }
}
