package io.tailrace.bench.workload;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.tailrace.schemas.bytes.Deterministic;

/** One content of one name, in the forms that servers want: the message, its bytes, their hash. */
public record Edition(int name, ClusterLoadAssignment message, ByteString bytes, String contentHash) {
    /** The first that has at least this many bytes; equal numbers give equal bytes. */
    static Edition of(int name, int edition, int bytes) {
        LocalityLbEndpoints.Builder locality = LocalityLbEndpoints.newBuilder();
        int size = 0;
        for (int i = 0; size < bytes; i++) {
            LbEndpoint endpoint = endpoint(10_000 + edition, i);
            locality.addLbEndpoints(endpoint);
            size += endpoint.getSerializedSize() + 2;
        }
        ClusterLoadAssignment message = ClusterLoadAssignment.newBuilder()
                .setClusterName(Names.of(name))
                .addEndpoints(locality)
                .build();
        ByteString serialized = message.toByteString();
        return new Edition(name, message, serialized, Deterministic.hash16(serialized));
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
