package io.tailrace.gateway.server;

import com.google.protobuf.CodedOutputStream;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A DiscoveryResponse or DeltaDiscoveryResponse on its way out: a few bytes of its own around the bodies' bytes, which are
 * those that all streams share (XDS.md, rule 26).
 */
final class ResponseBytes extends InputStream implements KnownLength, Drainable {
    private static final int VERSION = 1;
    private static final int TYPE_URL = 4;
    private static final int NONCE = 5;
    private static final int REMOVED = 6;

    private final Content content;
    private final byte[] head;
    private final byte[] tail;
    private int length;
    private @Nullable InputStream copy;

    ResponseBytes(Response response) {
        content = response.content();
        head = content.version().isEmpty()
                ? new byte[0]
                : bytes(
                        CodedOutputStream.computeStringSize(VERSION, content.version()),
                        out -> out.writeString(VERSION, content.version()));
        int size = CodedOutputStream.computeStringSize(TYPE_URL, content.typeUrl())
                + CodedOutputStream.computeStringSize(NONCE, response.nonce());
        for (String name : content.removed()) {
            size += CodedOutputStream.computeStringSize(REMOVED, name);
        }
        tail = bytes(size, out -> {
            out.writeString(TYPE_URL, content.typeUrl());
            out.writeString(NONCE, response.nonce());
            for (String name : content.removed()) {
                out.writeString(REMOVED, name);
            }
        });
        length = Math.toIntExact(head.length + content.bytes() + tail.length);
    }

    private boolean isDelta() {
        return content.variant() == Variant.DELTA;
    }

    @Override
    public int drainTo(OutputStream out) throws IOException {
        int all = length;
        if (copy != null) {
            copy.transferTo(out);
        } else if (all > 0) {
            writeTo(out);
        }
        length = 0;
        return all;
    }

    private void writeTo(OutputStream out) throws IOException {
        out.write(head);
        for (Body body : content.resources()) {
            body.writeTo(out, isDelta());
        }
        out.write(tail);
    }

    @Override
    public int available() {
        return length;
    }

    /** gRPC drains; who reads otherwise (an in-process transport, say) gets a copy. */
    @Override
    public int read() throws IOException {
        int next = copy().read();
        length -= next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = copy().read(bytes, offset, count);
        length -= Math.max(0, read);
        return read;
    }

    private InputStream copy() throws IOException {
        if (copy == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
            writeTo(bytes);
            copy = new ByteArrayInputStream(bytes.toByteArray());
        }
        return copy;
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Of just this size: a buffer would be most of what a push allocates. */
    private static byte[] bytes(int size, Fields fields) {
        byte[] bytes = new byte[size];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array can't fail", e);
        }
        return bytes;
    }
}
