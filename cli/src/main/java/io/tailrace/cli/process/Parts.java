package io.tailrace.cli.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has started; closed in the reverse order, each whatever became of the others. May be closed by a signal
 * while it still grows: what comes later is closed at once.
 */
public final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    /** Parts that are closed when the JVM is told to stop (Ctrl-C, SIGTERM), and then it ends. */
    public static Parts closedOnSignal() {
        Parts parts = new Parts();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(parts::close));
        return parts;
    }

    /** Takes a part that runs, and gives it back. */
    public synchronized <T extends AutoCloseable> T add(T part) {
        if (closed) {
            close(part);
        } else {
            started.push(part);
        }
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .addKeyValue("reason", e)
                    .log("could not be closed");
        }
    }
}
