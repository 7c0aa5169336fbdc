package io.tailrace.connectors.core.diff;

/** Where in the log a record lies. All records of a key lie in one partition, so their offsets tell which is newer. */
public record Place(Lane lane, long offset) {
    /** One partition of one topic. */
    public record Lane(String topic, int partition) {}

    public static Place at(String topic, int partition, long offset) {
        return new Place(new Lane(topic, partition), offset);
    }
}
