package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lane wants written for one event, or for several together: all of it or nothing of it. Output is the difference
 * to what stands, so an empty list means that nothing effective has changed.
 *
 * @param state what the lane's own stores are to hold from now on
 * @param output records of the lane's output topics, sorted by topic and key
 * @param meshes whose output it touches
 * @param failures what could not be translated and keeps what it had, and why
 */
public record Change(List<Put> state, List<Write> output, Set<String> meshes, List<String> failures) {
    public static final Change NONE = new Change(List.of(), List.of(), Set.of(), List.of());

    public Change {
        state = List.copyOf(state);
        output = List.copyOf(output);
        meshes = Set.copyOf(meshes);
        failures = List.copyOf(failures);
    }

    /** This one and then another, as one. */
    public Change and(Change next) {
        ChangeBuilder both = new ChangeBuilder();
        both.add(this);
        both.add(next);
        return both.build();
    }

    /** For one of the lane's stores; a null value takes the key away. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Put(String store, String key, byte @Nullable [] value) {}

    /** For an output topic; a null value is a tombstone. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Write(Topic topic, String key, byte @Nullable [] value) {}
}
