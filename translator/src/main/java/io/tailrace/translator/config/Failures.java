package io.tailrace.translator.config;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Groups and services that could not be translated: they keep what they had, and the objects that they are made of say
 * so. In memory only: who is translated again fails again, or doesn't.
 */
final class Failures {
    private record Failure(Set<ConfigKey> concerned, String reason) {}

    private final Map<Object, Failure> failures = new HashMap<>();

    /** Gives whose status changes by it. */
    Set<ConfigKey> failed(Object what, Collection<ConfigKey> concerned, Throwable failure) {
        Set<ConfigKey> keys = new TreeSet<>(concerned);
        failures.put(what, new Failure(keys, failure.getClass().getSimpleName() + ": " + failure.getMessage()));
        return keys;
    }

    /** Gives whose status changes by it. */
    Set<ConfigKey> succeeded(Object what) {
        Failure failure = failures.remove(what);
        return failure == null ? Set.of() : failure.concerned();
    }

    List<Problem> of(ConfigKey key) {
        List<Problem> problems = new ArrayList<>();
        SortedSet<String> reasons = new TreeSet<>();
        failures.values().stream()
                .filter(failure -> failure.concerned().contains(key))
                .forEach(failure -> reasons.add(failure.reason()));
        reasons.forEach(reason -> problems.add(Problem.of("", reason, "what can be translated")
                .in(key.kind().id(), key.namespace(), key.name())
                .withAdvice("Its groups keep what they had. Take back the last change, and report this.")));
        return problems;
    }
}
