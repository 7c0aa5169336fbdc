package io.tailrace.gateway.server;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of a server, each with the connections that belong to it: by epoll on Linux, else by Java's own selectors. */
final class EventLoops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final Class<? extends ServerChannel> channelType;

    private EventLoops(int threads, IoHandlerFactory io, Class<? extends ServerChannel> channelType) {
        this.group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("xds", true), io);
        this.channelType = channelType;
    }

    static EventLoops start(int threads) {
        return Epoll.isAvailable()
                ? new EventLoops(threads, EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : new EventLoops(threads, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> channelType() {
        return channelType;
    }

    List<EventLoop> all() {
        List<EventLoop> loops = new ArrayList<>();
        group.forEach(loop -> loops.add((EventLoop) loop));
        return loops;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
