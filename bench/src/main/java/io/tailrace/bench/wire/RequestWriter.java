package io.tailrace.bench.wire;

import com.google.protobuf.MessageLite;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.tailrace.bench.workload.Names;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.view.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes requests: the first of a stream as Protobuf does, once; an ack as the bytes that all acks have in common (in SotW
 * all names are among them, as in Envoy's) and those of its response.
 */
public final class RequestWriter {
    /** Whoever has a node of this cluster is served. */
    public static final String GROUP = "bench";

    private final Workload workload;
    private final byte[] common;

    public RequestWriter(Workload workload) {
        this.workload = workload;
        if (!workload.delta() && workload.asking().spread()) {
            throw new IllegalArgumentException("in SotW all acks have the same names");
        }
        MessageLite ack = workload.delta()
                ? DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .build()
                : DiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNames(names(0))
                        .build();
        common = ack.toByteArray();
    }

    private List<String> names(int stream) {
        return Arrays.stream(workload.namesOf(stream)).mapToObj(Names::of).toList();
    }

    /**
     * All of the first request of a stream but who asks; where all ask for the same, it is the same for all.
     *
     * @param known versions by name, of what the client has already; in delta
     */
    public byte[] asking(int stream, Map<String, String> known) {
        MessageLite request = workload.delta()
                ? DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNamesSubscribe(names(stream))
                        .putAllInitialResourceVersions(known)
                        .build()
                : DiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNames(names(stream))
                        .build();
        return request.toByteArray();
    }

    /** The first request of a stream, framed. */
    public ByteBuf first(int stream, byte[] asking) {
        Node node = Node.newBuilder().setId("node-" + stream).setCluster(GROUP).build();
        MessageLite who = workload.delta()
                ? DeltaDiscoveryRequest.newBuilder().setNode(node).build()
                : DiscoveryRequest.newBuilder().setNode(node).build();
        return framed(who.toByteArray(), asking);
    }

    /** A message as it goes over a stream; its fields may come in parts. */
    public static ByteBuf framed(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuf out = Unpooled.directBuffer(GrpcMessages.PREFIX + length);
        out.writeByte(0).writeInt(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out;
    }

    /** The ack of the response that was read last, framed. */
    public ByteBuf ack(ByteBufAllocator alloc, ResponseReader read, ByteBuf response) {
        boolean version = !workload.delta() && read.versionLength() > 0;
        int length =
                common.length + fieldLength(read.nonceLength()) + (version ? fieldLength(read.versionLength()) : 0);
        ByteBuf out = alloc.directBuffer(GrpcMessages.PREFIX + length);
        out.writeByte(0).writeInt(length).writeBytes(common);
        if (version) {
            field(out, DiscoveryRequest.VERSION_INFO_FIELD_NUMBER, read.versionLength());
            read.copyVersion(response, out);
        }
        field(
                out,
                workload.delta()
                        ? DeltaDiscoveryRequest.RESPONSE_NONCE_FIELD_NUMBER
                        : DiscoveryRequest.RESPONSE_NONCE_FIELD_NUMBER,
                read.nonceLength());
        read.copyNonce(response, out);
        return out;
    }

    private static int fieldLength(int value) {
        return 1 + Fields.varintLength(value) + value;
    }

    private static void field(ByteBuf out, int number, int length) {
        out.writeByte((number << 3) | 2);
        int left = length;
        while (left > 0x7f) {
            out.writeByte((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }
}
