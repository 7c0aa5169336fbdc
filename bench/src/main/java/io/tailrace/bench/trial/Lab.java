package io.tailrace.bench.trial;

import io.tailrace.bench.process.Launch;
import io.tailrace.bench.workload.Scale;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What a trial has to work with.
 *
 * @param measured how long what is measured goes on, and what comes before it to warm up
 * @param progress for who watches
 */
public record Lab(Launch launch, Scale scale, Duration measured, PrintStream progress) {
    void say(String format, Object... arguments) {
        progress.printf(format + " ... ", arguments);
    }
}
