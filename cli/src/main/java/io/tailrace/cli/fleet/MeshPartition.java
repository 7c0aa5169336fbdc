package io.tailrace.cli.fleet;

import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.topics.Cluster;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import java.util.List;
import java.util.Map;

/** Where a mesh lies on the topics by mesh. */
final class MeshPartition {
    private MeshPartition() {}

    /** Throws CommandFailedException if Kafka or the topic isn't there. */
    static int of(String mesh, KafkaOptions kafka) {
        Map<Topic, Integer> counts = Cluster.ask(kafka, admin -> admin.partitionCounts(List.of(Topic.CONFIG)));
        return Partitions.byMesh(mesh, counts.getOrDefault(Topic.CONFIG, 1));
    }
}
