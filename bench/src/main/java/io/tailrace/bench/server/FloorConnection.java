package io.tailrace.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.tailrace.bench.wire.GrpcMessages;
import io.tailrace.bench.wire.Http2Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection to the floor. Belongs to the event loop. */
final class FloorConnection extends Http2FrameAdapter {
    private final Http2Connection http2 = Http2Connection.server(this);
    private final IntObjectMap<Requests> streams = new IntObjectHashMap<>();
    private final List<Integer> subscribed = new ArrayList<>();
    private final ByteBuf first;
    private final Acks acks;
    private @Nullable ChannelHandlerContext context;

    FloorConnection(ByteBuf first, Acks acks) {
        this.first = first;
        this.acks = acks;
    }

    Http2Connection handler() {
        return http2;
    }

    /** To every stream; the buffer stays the caller's. */
    void write(ByteBuf bytes) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            for (int id : subscribed) {
                write(ctx, id, bytes);
            }
            http2.flush(ctx);
        }
    }

    private void write(ChannelHandlerContext ctx, int id, ByteBuf bytes) {
        http2.write(ctx, id, bytes.retainedDuplicate());
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
        context = ctx;
        streams.put(id, new Requests());
        Http2Headers answer = new DefaultHttp2Headers().status("200").add("content-type", "application/grpc");
        http2.write(ctx, id, answer);
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
        int processed = data.readableBytes() + padding;
        Requests requests = streams.get(id);
        requests.messages.read(data, _ -> {
            if (requests.subscribed) {
                acks.acked();
            } else {
                requests.subscribed = true;
                subscribed.add(id);
                write(ctx, id, first);
            }
        });
        return processed;
    }

    /** What comes over one stream: the first is its subscription, all others are acks. */
    private static final class Requests {
        private final GrpcMessages messages = new GrpcMessages();
        private boolean subscribed;
    }
}
