package io.tailrace.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells on the error stream how far something long has come, a line every two seconds: nothing of what is done sooner, and
 * nothing at the end.
 */
public final class ProgressLine {
    private static final long PERIOD_NANOS = Duration.ofSeconds(2).toNanos();

    private final PrintWriter err;
    private final LongSupplier nanos;
    private long saidAt;

    public ProgressLine(PrintWriter err) {
        this(err, System::nanoTime);
    }

    /** With a clock of its own. */
    public ProgressLine(PrintWriter err, LongSupplier nanos) {
        this.err = err;
        this.nanos = nanos;
        this.saidAt = nanos.getAsLong();
    }

    /** {@code fraction} of what is being done is done, from 0 to 1. */
    public void report(String what, double fraction) {
        long now = nanos.getAsLong();
        if (fraction < 1 && now - saidAt >= PERIOD_NANOS) {
            saidAt = now;
            err.println(String.format(Locale.ROOT, "%s: %.0f %%", what, fraction * 100));
            err.flush();
        }
    }

    /** Something that should be known at once. */
    public void say(String message) {
        err.println(message);
    }
}
