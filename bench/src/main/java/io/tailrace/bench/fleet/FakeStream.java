package io.tailrace.bench.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tailrace.bench.wire.GrpcMessages;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.wire.ResponseReader;
import java.util.function.Consumer;

/** A client: what it has of each name, and an ack for each response. Belongs to the event loop. */
final class FakeStream {
    private final GrpcMessages messages = new GrpcMessages();
    private final ResponseReader reader;
    private final RequestWriter writer;
    private final int[] hashes;
    private final boolean[] had;
    private int missing;
    private long responses;

    FakeStream(int names, ResponseReader reader, RequestWriter writer) {
        this.reader = reader;
        this.writer = writer;
        hashes = new int[names];
        had = new boolean[names];
        missing = names;
    }

    void read(ByteBuf data, ByteBufAllocator alloc, Consumer<ByteBuf> send) {
        messages.read(data, response -> {
            reader.read(response, this::had);
            responses++;
            send.accept(writer.ack(alloc, reader, response));
        });
    }

    private void had(int name, int hash) {
        hashes[name] = hash;
        if (!had[name]) {
            had[name] = true;
            missing--;
        }
    }

    /** It has been told something of every name. */
    boolean complete() {
        return missing == 0;
    }

    /** So many were read and acked. */
    long responses() {
        return responses;
    }

    /** Names that it has otherwise than the truth. */
    int wrong(int[] truth) {
        int wrong = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (!had[i] || hashes[i] != truth[i]) {
                wrong++;
            }
        }
        return wrong;
    }
}
