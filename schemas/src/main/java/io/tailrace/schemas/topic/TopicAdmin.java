package io.tailrace.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics, finds where a cluster differs from what they need, and reads their partition counts. All methods
 * block, at most as long as the Admin's {@code default.api.timeout.ms}, and throw {@link KafkaUnreachableException} when
 * Kafka gives no answer.
 */
public final class TopicAdmin {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Admin admin;
    private final Topics topics;

    public TopicAdmin(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** What {@link #create} did about one topic. */
    public record Creation(String name, int partitions, boolean made) {}

    /**
     * Makes the topics that don't exist, with three replicas where there are three brokers or more. Those that exist stay
     * as they are, whatever their settings: {@link #check} tells of these.
     */
    public List<Creation> create(PartitionCounts counts) {
        int brokers = get(admin.describeCluster().nodes()).size();
        Map<String, TopicDescription> there = describe(List.of(Topic.values()), "Describe");
        List<Creation> creations = new ArrayList<>();
        Map<Topic, KafkaFuture<Void>> made = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            if (!there.containsKey(topics.name(topic))) {
                NewTopic wanted = wanted(topic, counts, brokers);
                made.put(topic, admin.createTopics(List.of(wanted)).all());
            }
        }
        Map<Topic, Boolean> news = new EnumMap<>(Topic.class);
        made.forEach((topic, future) -> news.put(topic, created(future)));
        Map<String, TopicDescription> now = describeAll();
        for (Topic topic : Topic.values()) {
            String name = topics.name(topic);
            TopicDescription description = now.get(name);
            int partitions = description == null
                    ? counts.of(topic)
                    : description.partitions().size();
            creations.add(new Creation(name, partitions, news.getOrDefault(topic, false)));
        }
        return creations;
    }

    /** Everything about the topics and brokers that differs from what is needed; empty: all is well. */
    public List<Difference> check() {
        Map<String, TopicDescription> there = describe(List.of(Topic.values()), "Describe");
        List<Difference> differences = new ArrayList<>();
        differences.addAll(TopicCheck.differences(topics, there, Configs.ofTopics(admin, there.keySet())));
        differences.addAll(BrokerCheck.differences(Configs.ofBrokers(admin)));
        return differences;
    }

    /** Every topic of the table with its partitions on the cluster, 0 where it doesn't exist, in the table's order. */
    public Map<Topic, Integer> list() {
        Map<String, TopicDescription> there = describe(List.of(Topic.values()), "Describe");
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            TopicDescription description = there.get(topics.name(topic));
            counts.put(topic, description == null ? 0 : description.partitions().size());
        }
        return counts;
    }

    /** The partition counts of these topics. Throws {@link MissingTopicException} if one of them doesn't exist. */
    public Map<Topic, Integer> partitionCounts(Collection<Topic> wanted) {
        Map<String, TopicDescription> there = describe(wanted, "Describe");
        Set<String> missing = new TreeSet<>();
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : wanted) {
            TopicDescription description = there.get(topics.name(topic));
            if (description == null) {
                missing.add(topics.name(topic));
            } else {
                counts.put(topic, description.partitions().size());
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingTopicException(missing);
        }
        return counts;
    }

    /** The offset that the next record of each partition gets. */
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            KafkaFuture<ListOffsetsResultInfo> answer =
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition);
            ends.put(partition, get(answer, "Describe", partition.topic()).offset());
        }
        return ends;
    }

    /** The audit window that a topic has on the cluster: what is younger is not compacted. */
    public Duration auditWindow(Topic input) {
        String name = topics.name(input);
        String millis = Configs.ofTopics(admin, List.of(name))
                .getOrDefault(name, Map.of())
                .getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0");
        return Duration.ofMillis(Long.parseLong(millis));
    }

    private NewTopic wanted(Topic topic, PartitionCounts counts, int brokers) {
        int replicas = Math.min(3, brokers);
        Map<String, String> settings = new TreeMap<>(topic.settings());
        if (replicas == 3) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(topics.name(topic), counts.of(topic), (short) replicas).configs(settings);
    }

    /** Brokers hear of a topic some time after it was made: whoever asks after {@link #create} shall find all. */
    private Map<String, TopicDescription> describeAll() {
        long start = System.nanoTime();
        while (true) {
            Map<String, TopicDescription> now = describe(List.of(Topic.values()), "Describe");
            if (now.size() == Topic.values().length || System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                return now;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean created(KafkaFuture<Void> future) {
        try {
            get(future, "Create", "");
            return true;
        } catch (TopicExistsException e) {
            return false; // someone else was quicker
        }
    }

    private Map<String, TopicDescription> describe(Collection<Topic> wanted, String permission) {
        Map<String, TopicDescription> there = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(wanted.stream().map(topics::name).toList()).topicNameValues();
        answers.forEach((name, answer) -> {
            try {
                there.put(name, get(answer, permission, name));
            } catch (UnknownTopicOrPartitionException e) {
                // Absent from the answer: that is how callers see it.
            }
        });
        return there;
    }

    static <T> T get(KafkaFuture<T> future) {
        return get(future, "DescribeConfigs", "");
    }

    private static <T> T get(KafkaFuture<T> future, String permission, String topic) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException || cause instanceof TopicExistsException) {
                throw (KafkaException) cause;
            }
            throw topic.isEmpty()
                    ? KafkaUnreachableException.of(cause, permission)
                    : KafkaUnreachableException.of(cause, permission, topic);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
