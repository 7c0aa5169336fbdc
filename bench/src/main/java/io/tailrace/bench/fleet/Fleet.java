package io.tailrace.bench.fleet;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.tailrace.bench.process.WallClock;
import io.tailrace.bench.workload.Workload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** All clients, and the connections that they share. Its methods are for the event loop, but for {@link #connect}. */
final class Fleet {
    private final EventLoop loop;
    private final Consumer<String> failed;
    private final FakeStream.Clients clients;
    private final List<FakeStream> streams = new ArrayList<>();
    private final List<FleetConnection> connections = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private Progress progress = new Progress(new int[0]);

    Fleet(EventLoop loop, Workload workload, Consumer<String> failed) {
        this.loop = loop;
        this.failed = failed;
        clients = FakeStream.Clients.of(workload);
        for (int i = 0; i < workload.streams(); i++) {
            streams.add(new FakeStream(clients, i));
        }
    }

    List<FakeStream> streams() {
        return streams;
    }

    /** Bytes of resources that all clients have read. */
    long resourceBytes() {
        return clients.reader().resourceBytes();
    }

    /**
     * Opens all streams at once, and returns when that began, in microseconds since 1970; the requests were ready then.
     *
     * @param known whether clients say what they have
     */
    long connect(int port, boolean known) {
        IntFunction<ByteBuf> first = requests(known);
        Workload workload = clients.workload();
        int count = Math.min(workload.connections(), Math.max(1, workload.streams()));
        List<ChannelFuture> opening = new ArrayList<>();
        long began = WallClock.micros();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * workload.streams() / count);
            int to = (int) ((long) (i + 1) * workload.streams() / count);
            FleetConnection connection = new FleetConnection(workload.delta(), failed);
            ChannelFuture connected = connect(connection, port);
            opening.add(connected);
            connections.add(connection);
            channels.add(connected.channel());
            var _ = connected.addListener(future -> {
                if (future.isSuccess()) {
                    connection.open(connected.channel(), streams.subList(from, to), from, first);
                } else {
                    failed.accept("a connection can't be made: " + future.cause());
                }
            });
        }
        opening.forEach(ChannelFuture::syncUninterruptibly);
        return began;
    }

    private IntFunction<ByteBuf> requests(boolean known) {
        if (!clients.workload().asking().spread()) {
            byte[] asking = asking(0, known);
            return stream -> clients.writer().first(stream, asking);
        }
        byte[][] asking = new byte[streams.size()][];
        for (int i = 0; i < asking.length; i++) {
            asking[i] = asking(i, known);
        }
        return stream -> clients.writer().first(stream, asking[stream]);
    }

    private byte[] asking(int stream, boolean known) {
        Map<String, String> versions =
                known ? clients.versions().of(clients.workload().namesOf(stream)) : Map.of();
        return clients.writer().asking(stream, versions);
    }

    private ChannelFuture connect(FleetConnection connection, int port) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(connection.handler(), connection.tail());
                    }
                })
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Counts acks of the streams from this one on. */
    void watch(int first) {
        int[] asking = new int[clients.workload().names()];
        List<FakeStream> watched = streams.subList(first, streams.size());
        watched.forEach(stream -> {
            for (int name : stream.names()) {
                asking[name]++;
            }
        });
        progress = new Progress(asking);
        watched.forEach(stream -> stream.watch(progress));
    }

    Progress progress() {
        return progress;
    }

    /** The first connections read nothing any more, or read again. */
    void reading(int first, boolean reads) {
        channels.subList(0, first).forEach(channel -> channel.config().setAutoRead(reads));
    }

    /** The server may die now. */
    void abandon() {
        connections.forEach(FleetConnection::abandon);
        connections.clear();
        channels.clear();
    }
}
