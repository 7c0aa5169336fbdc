package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.Position;
import java.util.Comparator;

/** An event of {@code config} without which a resource's bytes would differ. */
public record Cause(ConfigKey key, long revision, boolean deletion) implements Comparable<Cause> {
    private static final Comparator<Cause> ORDER =
            Comparator.<Cause, String>comparing(cause -> cause.key().text()).thenComparingLong(Cause::revision);

    /** As it stands in a record, where the partition of the mesh belongs to the position. */
    public io.tailrace.schemas.log.v1.Cause toProto(int partition) {
        return io.tailrace.schemas.log.v1.Cause.newBuilder()
                .setKey(key.text())
                .setPosition(Position.newBuilder()
                        .setInput(Position.Input.CONFIG)
                        .setPartition(partition)
                        .setOffset(revision))
                .setDeletion(deletion)
                .build();
    }

    @Override
    public int compareTo(Cause other) {
        return ORDER.compare(this, other);
    }
}
