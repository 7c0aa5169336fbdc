package io.tailrace.cli.e2e;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service's instance: answers every request with its own name and with what reached it, one line a fact, in HTTP/1.1
 * and in HTTP/2 by prior knowledge on one port. It never closes a connection that a proxy keeps.
 */
public final class HttpBackend implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final String name;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long delayMillis;
    private final Channel channel;

    private HttpBackend(String name) {
        this.name = name;
        this.channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        accept(child);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    public static HttpBackend start(String name) {
        return new HttpBackend(name);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** How many requests have reached it. */
    int requests() {
        return requests.get();
    }

    /** The next {@code count} requests are answered with 503. */
    void failNext(int count) {
        failures.set(count);
    }

    /** Every answer from now on comes so much later. */
    void delayMillis(long millis) {
        delayMillis = millis;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void accept(SocketChannel child) {
        HttpServerCodec http1 = new HttpServerCodec();
        child.pipeline()
                .addLast(new CleartextHttp2ServerUpgradeHandler(
                        http1, new HttpServerUpgradeHandler(http1, protocol -> null), new PriorKnowledge()))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                .addLast(new Answer("HTTP/1.1"));
    }

    /** Takes the place of the HTTP/1.1 handlers when a connection begins with HTTP/2's preface. */
    private final class PriorKnowledge extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel child) {
            child.pipeline().remove(HttpServerKeepAliveHandler.class);
            child.pipeline().remove(HttpObjectAggregator.class);
            child.pipeline().remove(Answer.class);
            child.pipeline()
                    .addLast(Http2FrameCodecBuilder.forServer().build())
                    .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            stream.pipeline()
                                    .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                    .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                    .addLast(new Answer("HTTP/2"));
                        }
                    }));
        }
    }

    private final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final String protocol;

        Answer(String protocol) {
            this.protocol = protocol;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            requests.incrementAndGet();
            FullHttpResponse response = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE)
                    : new DefaultFullHttpResponse(
                            HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(describe(request), UTF_8));
            response.headers().setInt(CONTENT_LENGTH, response.content().readableBytes());
            response.headers().set("x-backend", name).set("x-from-backend", "kept");
            String streamId = request.headers().get("x-http2-stream-id");
            if (streamId != null) {
                response.headers().set("x-http2-stream-id", streamId);
            }
            if (delayMillis == 0) {
                var _ = context.writeAndFlush(response);
            } else {
                Runnable answer = () -> {
                    var _ = context.writeAndFlush(response);
                };
                var _ = context.executor().schedule(answer, delayMillis, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }

        private String describe(FullHttpRequest request) {
            StringBuilder text = new StringBuilder()
                    .append("backend: ")
                    .append(name)
                    .append("\nprotocol: ")
                    .append(protocol)
                    .append("\nmethod: ")
                    .append(request.method())
                    .append("\npath: ")
                    .append(request.uri())
                    .append('\n');
            request.headers()
                    .forEach(header -> text.append(header.getKey().toLowerCase(java.util.Locale.ROOT))
                            .append(": ")
                            .append(header.getValue())
                            .append('\n'));
            return text.toString();
        }
    }
}
