package io.tailrace.schemas.process;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a part of a process says of itself, in words for whoever looks at {@code /healthz} and {@code /readyz}. May be
 * asked from any thread at any time, and answers at once.
 */
public interface Health {
    /** Why the process should be started anew; empty: it is alive. */
    Optional<String> notLive();

    /** Why it can't do its work yet; empty: it is ready. */
    Optional<String> notReady();

    /** What is amiss though it does its work: what it serves may be old, say; empty: nothing that it knows of. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** Alive when all parts are, and ready when all are; the reasons of those that aren't, in the order given. */
    static Health all(List<? extends Health> parts) {
        List<Health> copy = List.copyOf(parts);
        return new Health() {
            @Override
            public Optional<String> notLive() {
                return joined(copy.stream().map(Health::notLive).toList());
            }

            @Override
            public Optional<String> notReady() {
                return joined(copy.stream().map(Health::notReady).toList());
            }

            @Override
            public Optional<String> trouble() {
                return joined(copy.stream().map(Health::trouble).toList());
            }
        };
    }

    private static Optional<String> joined(List<Optional<String>> reasons) {
        String text = reasons.stream().flatMap(Optional::stream).collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
