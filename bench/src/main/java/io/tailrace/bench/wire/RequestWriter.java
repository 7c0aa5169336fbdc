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
import java.util.List;
import java.util.stream.IntStream;

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
        MessageLite ack = workload.delta()
                ? DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .build()
                : DiscoveryRequest.newBuilder()
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNames(names())
                        .build();
        common = ack.toByteArray();
    }

    private List<String> names() {
        return IntStream.range(0, workload.names()).mapToObj(Names::of).toList();
    }

    /** The first request of a stream, framed. */
    public ByteBuf first(int stream) {
        Node node = Node.newBuilder().setId("node-" + stream).setCluster(GROUP).build();
        MessageLite request = workload.delta()
                ? DeltaDiscoveryRequest.newBuilder()
                        .setNode(node)
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNamesSubscribe(names())
                        .build()
                : DiscoveryRequest.newBuilder()
                        .setNode(node)
                        .setTypeUrl(Types.ASSIGNMENT)
                        .addAllResourceNames(names())
                        .build();
        return framed(request);
    }

    /** A message as it goes over a stream. */
    public static ByteBuf framed(MessageLite message) {
        byte[] bytes = message.toByteArray();
        ByteBuf out = Unpooled.directBuffer(GrpcMessages.PREFIX + bytes.length);
        return out.writeByte(0).writeInt(bytes.length).writeBytes(bytes);
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
        return 1 + ResponseReader.varintLength(value) + value;
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
