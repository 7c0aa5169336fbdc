package io.tailrace.gateway.server;

import io.grpc.KnownLength;
import io.tailrace.gateway.stream.Variant;
import java.io.IOException;
import java.io.InputStream;

/** Reads the requests of one thread's streams. */
final class RequestReader {
    /** Nearly all requests have their place in an array that is there already. */
    private static final int KEPT_BYTES = 1 << 18;

    private final int maxBytes;
    private final RecentLists recent = new RecentLists();
    private byte[] kept = {};

    /** `maxBytes`: what a request may have. */
    RequestReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Incoming read(Variant variant, InputStream stream) {
        try {
            int bytes = stream.available(); // All of it, unless it is compressed; then twice the limit counts.
            if (bytes > maxBytes) {
                return new Incoming.TooLarge(
                        "the request has %d bytes; a gateway takes %d in one message".formatted(bytes, maxBytes));
            }
            if (!(stream instanceof KnownLength)) {
                byte[] all = stream.readAllBytes();
                return new RequestFields(variant, all, all.length, recent).read();
            }
            byte[] message = array(bytes);
            int read = stream.readNBytes(message, 0, bytes);
            return new RequestFields(variant, message, read, recent).read();
        } catch (IOException e) {
            return new Incoming.Broken("the message isn't a discovery request: " + e.getMessage());
        }
    }

    private byte[] array(int bytes) {
        if (bytes > KEPT_BYTES) {
            return new byte[bytes];
        }
        if (kept.length < bytes) {
            kept = new byte[Math.max(bytes, Math.min(KEPT_BYTES, 2 * kept.length))];
        }
        return kept;
    }
}
