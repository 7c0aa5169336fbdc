package io.tailrace.cli.e2e;

import io.tailrace.cli.Tailrace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;

/** A {@code tailrace} command on a thread of this JVM: for tests that need many processes, and not the processes' deaths. */
final class CommandThread implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private CommandThread(String... arguments) {
        thread = Thread.ofPlatform()
                .name(String.join(" ", arguments))
                .start(() -> exitCode.complete(Tailrace.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments)));
    }

    static CommandThread start(String... arguments) {
        return new CommandThread(arguments);
    }

    /** Waits for the command's end. */
    int exitCode() {
        return exitCode.join();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Interrupts it and waits until it has closed what it had open. */
    @Override
    public void close() {
        thread.interrupt();
        exitCode.join();
    }
}
