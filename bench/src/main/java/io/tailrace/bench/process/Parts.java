package io.tailrace.bench.process;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was started one after the other, and is closed the other way round; also if the next one can't be started. */
public final class Parts implements AutoCloseable {
    private final Deque<Part> parts = new ArrayDeque<>();

    /** Something that is closed. */
    @FunctionalInterface
    public interface Part extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** How a whole is made of parts. */
    @FunctionalInterface
    public interface Start<T> {
        T start(Parts parts) throws IOException, InterruptedException;
    }

    /** What was begun is closed again if it fails. */
    public static <T> T start(Start<T> start) throws IOException, InterruptedException {
        Parts parts = new Parts();
        boolean started = false;
        try {
            T whole = start.start(parts);
            started = true;
            return whole;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    public <T extends Part> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
