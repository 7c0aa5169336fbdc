package io.tailrace.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** One end of a connection: Netty's HTTP/2 with frames as they are, no channel for each stream. */
public final class Http2Connection extends Http2ConnectionHandler {
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 1 << 26;

    private Http2Connection(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings initialSettings) {
        super(decoder, encoder, initialSettings);
    }

    public static Http2Connection server(Http2FrameListener listener) {
        return new Builder(true, listener).build();
    }

    public static Http2Connection client(Http2FrameListener listener) {
        return new Builder(false, listener).build();
    }

    /** Flow control must not be what is measured. */
    public void widen() throws Http2Exception {
        connection().local().flowController().incrementWindowSize(connection().connectionStream(), CONNECTION_WINDOW);
    }

    /** What can't be written is missed by whoever waits for it. */
    public void write(ChannelHandlerContext ctx, int stream, Http2Headers headers) {
        var _ = encoder().writeHeaders(ctx, stream, headers, 0, false, ctx.newPromise());
    }

    public void write(ChannelHandlerContext ctx, int stream, ByteBuf message) {
        var _ = encoder().writeData(ctx, stream, message, 0, false, ctx.newPromise());
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Builder> {
        Builder(boolean server, Http2FrameListener listener) {
            server(server);
            frameListener(listener);
            initialSettings(Http2Settings.defaultSettings().initialWindowSize(STREAM_WINDOW));
        }

        @Override
        protected Http2Connection build() {
            return super.build();
        }

        @Override
        protected Http2Connection build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings initialSettings) {
            return new Http2Connection(decoder, encoder, initialSettings);
        }
    }
}
