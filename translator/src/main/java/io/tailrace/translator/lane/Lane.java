package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.util.Map;
import java.util.Set;

/**
 * What one lane decides, for one partition. It keeps a model in memory that follows the stores: made of them at first,
 * then advanced by each event. It writes nothing: that is the processor's part, which makes it anew from the stores
 * whenever it throws. One thread.
 */
public interface Lane {
    /**
     * Advances the model by one event and says what is to be written at once. A lane may put off output, so that many
     * events of one thing lead to one record: it is then {@link #due}.
     */
    Change take(Arrival arrival);

    /** How much work is put off, in objects that are to be translated; 0: nothing. */
    default int due() {
        return 0;
    }

    /** What was put off. */
    default Change settle() {
        return Change.NONE;
    }

    /** Whether the output isn't all that the events taken lead to: something is due, or could not be translated. */
    default boolean isBehind() {
        return due() > 0;
    }

    /** Takes an event and puts off nothing. */
    default Change apply(Arrival arrival) {
        return take(arrival).and(settle());
    }

    /** Advances the model in silence: part of reading an input anew, before {@link #rebuild}. */
    void absorb(Arrival arrival);

    /** All output afresh from the model, as the difference to what stands; all state, as the difference to the stores. */
    Change rebuild();

    /** The value of a marker. */
    byte[] marker(MarkerFacts facts);

    /**
     * What a marker says.
     *
     * @param newest by input topic the newest offset in effect; -1: none
     * @param eventTimeMs when the newest event was appended
     * @param meshes whose output the change touches; none for a bare marker
     */
    record MarkerFacts(long sequence, Map<Topic, Long> newest, long eventTimeMs, Set<String> meshes) {}

    /** Makes the lane of a partition from what its stores hold, or an empty one. */
    interface Factory {
        Lane fromStores(int partition, State state);

        Lane empty(int partition, State state);
    }
}
