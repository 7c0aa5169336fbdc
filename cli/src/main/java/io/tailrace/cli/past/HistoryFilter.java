package io.tailrace.cli.past;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.past.LogEvent;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which events a person wants to see. */
final class HistoryFilter {
    @Mixin
    private final ObjectFilter objects = new ObjectFilter();

    @Option(names = "--author", description = "Only what this author wanted.")
    private @Nullable String author;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only what was appended from then on: 2026-01-31T12:00:00Z, or -15m for a quarter of an hour ago.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was appended until then.")
    private @Nullable String until;

    /** Throws CommandFailedException if an option can't be read. */
    Predicate<LogEvent> wanted(Instant now) {
        Predicate<ObjectKey> wanted = objects.wanted();
        Instant first = since == null ? Instant.MIN : Moment.parseTime("--since", since, now);
        Instant last = until == null ? Instant.MAX : Moment.parseTime("--until", until, now);
        return event -> isAbout(event.key(), wanted)
                && (author == null || author.equals(event.meta().author()))
                && !event.time().isBefore(first)
                && !event.time().isAfter(last);
    }

    /** What can't be read is about no object that could be meant. */
    private boolean isAbout(@Nullable ObjectKey key, Predicate<ObjectKey> wanted) {
        return key == null ? objects.isAll() : wanted.test(key);
    }
}
