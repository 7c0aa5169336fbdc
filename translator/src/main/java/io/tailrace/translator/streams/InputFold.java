package io.tailrace.translator.streams;

import io.tailrace.translator.lane.Arrival;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Of each key the last valid record, and a broken one if that came after it. */
final class InputFold {
    private final Map<String, Arrival> valid = new LinkedHashMap<>();
    private final Map<String, Arrival.Broken> rejected = new LinkedHashMap<>();
    private long newestMs;

    void take(Arrival arrival) {
        newestMs = Math.max(newestMs, arrival.place().appendedMs());
        switch (arrival) {
            case Arrival.Event event -> accept(event.key().text(), event);
            case Arrival.Policy policy -> accept(policy.key().text(), policy);
            case Arrival.Broken broken -> {
                if (broken.key() != null) {
                    rejected.put(broken.key().text(), broken);
                }
            }
        }
    }

    /** Deletions stand behind what may refer to what is gone. */
    List<Arrival> arrivals() {
        List<Arrival> arrivals = new ArrayList<>();
        valid.values().stream().filter(arrival -> !isDeletion(arrival)).forEach(arrivals::add);
        valid.values().stream().filter(InputFold::isDeletion).forEach(arrivals::add);
        arrivals.addAll(rejected.values());
        return arrivals;
    }

    long newestMs() {
        return newestMs;
    }

    private void accept(String key, Arrival arrival) {
        rejected.remove(key);
        // What only says again what is in force changes nothing, as when it came.
        if (!saysTheSame(valid.get(key), arrival)) {
            valid.put(key, arrival);
        }
    }

    private static boolean saysTheSame(@Nullable Arrival before, Arrival now) {
        return before instanceof Arrival.Event old
                && now instanceof Arrival.Event event
                && Objects.equals(old.object(), event.object());
    }

    private static boolean isDeletion(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Event event -> event.object() == null;
            case Arrival.Policy policy -> policy.policy() == null;
            case Arrival.Broken broken -> false;
        };
    }
}
