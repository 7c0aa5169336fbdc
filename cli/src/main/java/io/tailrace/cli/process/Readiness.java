package io.tailrace.cli.process;

import io.tailrace.schemas.process.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits until a process is ready, and says what it waits for where that takes longer than a start should. */
public final class Readiness {
    private static final long LOOK_EVERY_MILLIS = 20;

    /** A start passes many states, most of them for a moment. */
    private static final long SAY_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private Readiness() {}

    /**
     * Returns true once {@code health} is ready; false if {@code ended} completes before.
     *
     * @param progress gets what is waited for when it has changed, a line every five seconds at most
     */
    public static boolean await(Health health, CompletableFuture<?> ended, Consumer<String> progress)
            throws InterruptedException {
        String said = "";
        long saidAt = System.nanoTime();
        while (!ended.isDone()) {
            Optional<String> reason = health.notReady();
            if (reason.isEmpty()) {
                return true;
            }
            if (!reason.get().equals(said) && System.nanoTime() - saidAt >= SAY_EVERY_NANOS) {
                saidAt = System.nanoTime();
                said = reason.get();
                progress.accept(said);
            }
            pause(ended);
        }
        return false;
    }

    private static void pause(CompletableFuture<?> ended) throws InterruptedException {
        try {
            ended.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The next look tells.
        }
    }
}
