package io.tailrace.schemas.topic;

/**
 * How many partitions topics get when they are made. Chosen once: keys, offsets and changelogs hang on them, so a change
 * is a copy to topics of another prefix. Programs read the counts from the cluster.
 */
public record PartitionCounts(int byMesh, int byService) {
    /** For a cluster of its own. */
    public static final PartitionCounts CLUSTER = new PartitionCounts(16, 48);

    /** For one process on one machine. */
    public static final PartitionCounts EMBEDDED = new PartitionCounts(4, 12);

    public PartitionCounts {
        if (byMesh < 1 || byService < 1) {
            throw new IllegalArgumentException(
                    "partitions: found " + byMesh + " by mesh and " + byService + " by service, expected 1 or more");
        }
    }

    int of(Topic topic) {
        return switch (topic.partitioning()) {
            case BY_MESH, FREE -> byMesh;
            case BY_SERVICE -> byService;
            case FIXED -> topic.fixedPartitions();
        };
    }
}
