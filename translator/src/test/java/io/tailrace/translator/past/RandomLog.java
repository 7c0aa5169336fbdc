package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Place;
import io.tailrace.translator.lane.RandomObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events of few objects, so that they meet: valid and invalid ones, deletions, and some that say the same again. */
final class RandomLog {
    private final Random random;
    private final RandomObjects objects;
    private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
    private final List<LogEvent> events = new ArrayList<>();
    private long time = 1_000;

    private RandomLog(Random random) {
        this.random = random;
        this.objects = new RandomObjects(random);
    }

    static List<LogEvent> of(Random random, int size) {
        RandomLog log = new RandomLog(random);
        while (log.events.size() < size) {
            log.grow();
        }
        return log.events;
    }

    /** What is in force after these, in their order. */
    static LogState replay(List<LogEvent> events) {
        Replay replay = new Replay("default");
        events.forEach(replay::take);
        return replay.state();
    }

    private void grow() {
        LogEvent some = events.isEmpty() ? null : events.get(random.nextInt(events.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                if (some != null && some.arrival() instanceof Arrival.Event event) {
                    add(event.key(), null);
                }
            }
            case 1 -> {
                if (some != null && some.arrival() instanceof Arrival.Event event) {
                    add(event.key(), event.object()); // of a recent one it says the same again
                }
            }
            case 2 -> {
                if (some != null && some.arrival() instanceof Arrival.Event event) {
                    broken(event.key());
                }
            }
            default -> {
                Message object = random.nextInt(3) == 0 ? objects.endpoint() : objects.config();
                add(ObjectKey.of(object), object);
            }
        }
    }

    private void add(ObjectKey key, @Nullable Message object) {
        put(new Arrival.Event(place(key), key, object));
    }

    private void broken(ObjectKey key) {
        put(new Arrival.Broken(place(key), key, List.of(Problem.of("spec", "nonsense", "sense"))));
    }

    private void put(Arrival arrival) {
        events.add(new LogEvent(arrival, new EventMeta("", "test", Instant.EPOCH, "")));
    }

    private Place place(ObjectKey key) {
        Topic topic = Topic.of(key);
        return new Place(topic, 0, next.merge(topic, 1L, Long::sum) - 1, ++time);
    }
}
