package io.tailrace.bench.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.tailrace.bench.wire.Http2Connection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** One connection and its streams, which are opened when it stands. Belongs to the event loop. */
final class FleetConnection extends Http2FrameAdapter {
    private final Http2Connection http2 = Http2Connection.client(this);
    private final IntObjectMap<FakeStream> streams = new IntObjectHashMap<>();
    private final String path;
    private final Consumer<String> failed;
    private boolean abandoned;

    /** `failed` hears of what ends a stream or the connection, which nothing should. */
    FleetConnection(boolean delta, Consumer<String> failed) {
        this.path = "/envoy.service.discovery.v3.AggregatedDiscoveryService/"
                + (delta ? "DeltaAggregatedResources" : "StreamAggregatedResources");
        this.failed = text -> {
            if (!abandoned) {
                failed.accept(text);
            }
        };
    }

    Http2Connection handler() {
        return http2;
    }

    /** `first` gives each stream's first request, by its number. */
    void open(Channel channel, List<FakeStream> all, int firstNumber, IntFunction<ByteBuf> first)
            throws Http2Exception {
        ChannelHandlerContext ctx = channel.pipeline().context(http2);
        http2.widen();
        for (int i = 0; i < all.size(); i++) {
            int id = http2.connection().local().incrementAndGetNextStreamId();
            streams.put(id, all.get(i));
            Http2Headers headers = new DefaultHttp2Headers()
                    .method("POST")
                    .scheme("http")
                    .authority("bench")
                    .path(path)
                    .add("te", "trailers")
                    .add("content-type", "application/grpc");
            http2.write(ctx, id, headers);
            http2.write(ctx, id, first.apply(firstNumber + i));
        }
        http2.flush(ctx);
    }

    /** Whatever becomes of it now is no failure. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
        int processed = data.readableBytes() + padding;
        FakeStream stream = streams.get(id);
        if (stream == null) {
            failed.accept("data for a stream that was never opened: " + id);
        } else {
            stream.read(data, ctx.alloc(), ack -> http2.write(ctx, id, ack));
        }
        return processed;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        if (end) {
            failed.accept("the server ended a stream: " + headers);
        }
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
        failed.accept("the server reset a stream: " + code);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int last, long code, ByteBuf text) {
        failed.accept("the server goes away: " + code);
    }

    /** Last in the pipeline: what no one before it has handled. */
    ChannelInboundHandlerAdapter tail() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                failed.accept("a connection ended");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failed.accept("a connection failed: " + cause);
            }
        };
    }
}
