package io.tailrace.bench.pipeline;

import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;

/** What brokers store of topics: all batches as they were sent, with their headers, and what ends transactions. */
public final class StoredBytes {
    private StoredBytes() {}

    /** Of all partitions so far, index files left out. */
    public static long of(Map<String, Object> kafka, Topics topics, Collection<Topic> wanted)
            throws InterruptedException {
        Set<String> names = wanted.stream().map(topics::name).collect(Collectors.toSet());
        try (Admin admin = Admin.create(kafka)) {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .map(LogDirDescription::replicaInfos)
                    .flatMap(replicas -> replicas.entrySet().stream())
                    .filter(replica -> names.contains(replica.getKey().topic()))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new BenchFailedException("the broker doesn't say what it stores: " + e.getCause());
        }
    }
}
