package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.Position;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** An event of {@code config} without which a resource's bytes would differ. */
public record Cause(ConfigKey key, long revision, boolean deletion) {
    private record Keyed(String key, Cause cause) {}

    /** Each once, in the order of their keys on the log. */
    static List<Cause> sorted(Collection<Cause> causes) {
        return causes.stream()
                .distinct()
                .map(cause -> new Keyed(cause.key.text(), cause)) // a text is made once, not at each comparison
                .sorted(Comparator.comparing(Keyed::key))
                .map(Keyed::cause)
                .toList();
    }

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
}
