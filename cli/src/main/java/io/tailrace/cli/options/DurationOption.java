package io.tailrace.cli.options;

import io.tailrace.schemas.check.Durations;
import java.time.Duration;
import java.util.regex.Pattern;

/** A duration as Gateway API writes it: {@code 30s}, {@code 1m30s}. */
public final class DurationOption {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");

    private DurationOption() {}

    /** Throws CommandFailedException that names the option. */
    public static Duration parse(String option, String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new CommandFailedException(
                    ExitCode.INVALID, option + ": found \"" + text + "\", expected a duration such as 30s or 1m30s");
        }
        return Durations.parse(text);
    }
}
