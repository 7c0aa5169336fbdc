package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics as they are: a topic of the same name with another id, or with more partitions, is another log. */
record Layout(SortedMap<String, Topic> topics) {
    record Topic(Uuid id, int partitions) {}

    /** An answer that is still to come. */
    record Question(Map<String, KafkaFuture<TopicDescription>> answers) {
        boolean isDone() {
            return answers.values().stream().allMatch(KafkaFuture::isDone);
        }

        /** Throws {@link MissingTopicException} or {@link KafkaUnreachableException}. Waits for the answer. */
        Layout layout() {
            SortedMap<String, Topic> topics = new TreeMap<>();
            TreeSet<String> missing = new TreeSet<>();
            answers.forEach((name, answer) -> {
                try {
                    TopicDescription description = answer.get();
                    topics.put(
                            name,
                            new Topic(
                                    description.topicId(),
                                    description.partitions().size()));
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                        missing.add(name);
                    } else {
                        throw KafkaUnreachableException.of(cause(e), "Read", name);
                    }
                } catch (InterruptedException e) {
                    throw new InterruptException(e);
                }
            });
            if (!missing.isEmpty()) {
                throw new MissingTopicException(missing);
            }
            return new Layout(topics);
        }
    }

    static Question ask(Admin admin, Collection<String> topics) {
        return new Question(admin.describeTopics(topics).topicNameValues());
    }

    List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach((name, topic) -> {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(name, partition));
            }
        });
        return partitions;
    }

    /** What makes the later layout another log than this; empty: nothing. */
    Optional<String> changedIn(Layout later) {
        for (Map.Entry<String, Topic> entry : topics.entrySet()) {
            Topic now = later.topics().get(entry.getKey());
            if (now == null || !now.id().equals(entry.getValue().id())) {
                return Optional.of("the topic " + entry.getKey() + " was made anew");
            }
            if (now.partitions() != entry.getValue().partitions()) {
                return Optional.of("the topic " + entry.getKey() + " has " + now.partitions()
                        + " partitions now, it had " + entry.getValue().partitions());
            }
        }
        return Optional.empty();
    }

    static KafkaUnreachableException unreachable(ExecutionException e) {
        return KafkaUnreachableException.of(cause(e), "Read");
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }
}
