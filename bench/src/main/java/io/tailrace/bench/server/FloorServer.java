package io.tailrace.bench.server;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.view.Types;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a server on Netty can do: it writes the bytes that the gateway would write to every stream and counts
 * what comes back, without a thought of what anyone asked for.
 */
final class FloorServer implements BenchServer {
    private final boolean delta;
    private final Channel listening;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    /** Of the event loop. */
    private final List<FloorConnection> connections = new ArrayList<>();

    private long published;

    FloorServer(Workload workload, Catalog catalog, Acks acks) throws InterruptedException {
        delta = workload.delta();
        ByteBuf first = RequestWriter.framed(response(catalog.current()).toByteArray());
        listening = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        FloorConnection connection = new FloorConnection(first, acks);
                        connections.add(connection);
                        channel.pipeline().addLast(connection.handler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void publish(Edition edition) {
        ByteBuf bytes = RequestWriter.framed(response(List.of(edition)).toByteArray());
        loop.execute(() -> {
            connections.forEach(connection -> connection.write(bytes));
            bytes.release();
        });
    }

    private MessageLite response(List<Edition> editions) {
        String nonce = Long.toString(++published);
        if (delta) {
            DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                    .setTypeUrl(Types.ASSIGNMENT)
                    .setNonce(nonce);
            for (Edition edition : editions) {
                response.addResources(Resource.newBuilder()
                        .setName(edition.message().getClusterName())
                        .setVersion(version(edition))
                        .setResource(any(edition)));
            }
            return response.build();
        }
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(Types.ASSIGNMENT)
                .setNonce(nonce)
                .setVersionInfo(editions.getLast().contentHash());
        editions.forEach(edition -> response.addResources(any(edition)));
        return response.build();
    }

    private String version(Edition edition) {
        return GatewayServer.version(published, edition);
    }

    private static Any any(Edition edition) {
        return Any.newBuilder()
                .setTypeUrl(Types.ASSIGNMENT)
                .setValue(edition.bytes())
                .build();
    }
}
