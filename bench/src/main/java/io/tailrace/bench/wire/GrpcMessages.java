package io.tailrace.bench.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the data of one stream into gRPC's messages (a flag, four bytes of length, the message). What comes in one frame is
 * read where it lies.
 */
public final class GrpcMessages {
    public static final int PREFIX = 5;

    /** The beginning of a message that isn't whole yet. */
    private @Nullable ByteBuf begun;

    /** Calls `whole` for each message that is complete with `data`; the buffer is lent for the call. */
    public void read(ByteBuf data, Consumer<ByteBuf> whole) {
        if (begun == null) {
            cut(data, whole);
            if (data.isReadable()) {
                begun = data.alloc()
                        .buffer(Math.max(1 << 14, data.readableBytes()))
                        .writeBytes(data);
            }
            return;
        }
        begun.writeBytes(data);
        cut(begun, whole);
        if (begun.isReadable()) {
            begun.discardReadBytes();
        } else {
            begun.release();
            begun = null;
        }
    }

    private static void cut(ByteBuf bytes, Consumer<ByteBuf> whole) {
        while (bytes.readableBytes() >= PREFIX) {
            int length = bytes.getInt(bytes.readerIndex() + 1);
            if (bytes.readableBytes() < PREFIX + length) {
                return;
            }
            bytes.skipBytes(PREFIX);
            whole.accept(bytes.readSlice(length));
        }
    }
}
