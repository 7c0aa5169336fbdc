package io.tailrace.cli.process;

import io.tailrace.schemas.process.Health;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits until a process is ready, and says what it waits for whenever that changes. */
public final class Readiness {
    private static final long LOOK_EVERY_MILLIS = 20;

    private Readiness() {}

    /**
     * Returns true once {@code health} is ready; false if {@code ended} completes before.
     *
     * @param progress gets what is waited for, a line each
     */
    public static boolean await(Health health, CompletableFuture<?> ended, Consumer<String> progress)
            throws InterruptedException {
        String said = "";
        while (!ended.isDone()) {
            Optional<String> reason = health.notReady();
            if (reason.isEmpty()) {
                return true;
            }
            if (!reason.get().equals(said)) {
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
