package io.tailrace.translator.streams;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Inputs of a lane that were made anew under it. What had come from them stays in force until somebody accepts that it
 * is lost: an empty topic is more likely an accident than the wish to empty a fleet. Threads of a lane share it.
 */
final class LostInputs {
    private final boolean accepted;
    private final Map<Integer, List<String>> byPartition = new ConcurrentHashMap<>();

    /** @param accepted whether the log is followed to the letter */
    LostInputs(boolean accepted) {
        this.accepted = accepted;
    }

    boolean areAccepted() {
        return accepted;
    }

    /** Of a task that this instance has. */
    void keep(int partition, List<String> topics) {
        if (topics.isEmpty()) {
            byPartition.remove(partition);
        } else {
            byPartition.put(partition, List.copyOf(topics));
        }
    }

    /** The task is no longer this instance's. */
    void forget(int partition) {
        byPartition.remove(partition);
    }

    /** Over all tasks. */
    int count() {
        return byPartition.values().stream().mapToInt(List::size).sum();
    }

    /** For people; empty: there are none. */
    Optional<String> text() {
        NavigableSet<String> topics = new TreeSet<>();
        byPartition.values().forEach(topics::addAll);
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of("made anew: " + String.join(", ", topics)
                        + "; what had come from there stays in force. Let connectors publish again, then run the"
                        + " translators once with --accept-lost-inputs, which takes away what is in no input");
    }
}
