package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.check.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Which moment of the log a person means. */
public sealed interface Moment {
    /** What the option takes, for its description. */
    String FORMS = "a revision (877), a position (c877.e3-10452), a version of Envoy's config_dump, or a time"
            + " (2026-01-31T12:00:00Z, or -15m for a quarter of an hour ago)";

    /** All that is there. */
    record Now() implements Moment {}

    /** After the events that the position names. */
    record At(LogPosition position) implements Moment {}

    /** After all that was appended until then. */
    record Time(Instant time) implements Moment {}

    /** Throws {@link CommandFailedException} for what is none. */
    static Moment parse(String option, String text, Instant now) {
        try {
            return new At(LogPosition.parse(text));
        } catch (IllegalArgumentException e) {
            return version(option, text, now);
        }
    }

    /** A time alone, as {@link #parse} reads it. */
    static Instant parseTime(String option, String text, Instant now) {
        if (text.startsWith("-") && Durations.isValid(text.substring(1))) {
            return now.minus(Durations.parse(text.substring(1)));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    option + ": found \"" + text + "\", expected "
                            + (option.equals("--since") || option.equals("--until")
                                    ? "a time (2026-01-31T12:00:00Z, or -15m for a quarter of an hour ago)"
                                    : FORMS));
        }
    }

    private static Moment version(String option, String text, Instant now) {
        try {
            return new At(LogPosition.parse(Version.parse(text).position()));
        } catch (IllegalArgumentException e) {
            return new Time(parseTime(option, text, now));
        }
    }
}
