package io.tailrace.bench.workload;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.zip.CRC32C;

/** One content of one name, in the forms that servers want: the message, its bytes, their hash. Editions count from 0. */
public record Edition(int name, int number, ClusterLoadAssignment message, ByteString bytes, String contentHash) {
    /** The port of a first endpoint says which edition of its name this is: so a client knows what it has. */
    public static final int FIRST_PORT = 10_000;

    /** The first that has at least this many bytes; equal numbers give equal bytes. */
    static Edition of(int name, int edition, int bytes) {
        LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
        int size = 0;
        for (int i = 0; size < bytes; i++) {
            LbEndpoint endpoint = endpoint(FIRST_PORT + edition, i);
            locality.addLbEndpoints(endpoint);
            size += endpoint.getSerializedSize() + 2;
        }
        ClusterLoadAssignment message = ClusterLoadAssignment.newBuilder()
                .setClusterName(Names.of(name))
                .addEndpoints(locality)
                .build();
        ByteString serialized = message.toByteString();
        return new Edition(name, edition, message, serialized, Deterministic.hash16(serialized));
    }

    /** What a client makes of these bytes. */
    public static int hash(ByteString bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        return (int) crc.getValue();
    }

    int hash() {
        return hash(bytes);
    }

    private static LbEndpoint endpoint(int port, int number) {
        SocketAddress socket = SocketAddress.newBuilder()
                .setAddress("10.%d.%d.%d".formatted(number >> 16, (number >> 8) & 0xff, number & 0xff))
                .setPortValue(port)
                .build();
        return LbEndpoint.newBuilder()
                .setEndpoint(
                        Endpoint.newBuilder().setAddress(Address.newBuilder().setSocketAddress(socket)))
                .build();
    }
}
