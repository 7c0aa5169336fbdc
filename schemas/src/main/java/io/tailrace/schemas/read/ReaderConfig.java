package io.tailrace.schemas.read;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.IsolationLevel;

/**
 * What a reader reads, and how soon it doubts.
 *
 * @param name names its thread, its client ids and its log lines
 * @param kafka settings of Kafka clients, {@code bootstrap.servers} at least
 * @param topics read whole, every partition
 * @param doubtAfter without having read all that was in the topics for so long, it reads anew: compaction may have taken
 *     deletions away meanwhile. Below the topics' {@code min.compaction.lag.ms}
 * @param ends by whose end offsets {@link LogReader#passEndOffsets} goes: {@code READ_COMMITTED}, all that any reader could
 *     have seen; {@code READ_UNCOMMITTED}, all that was acknowledged to its writer, of which some is hidden until the
 *     transactions that are open before it have ended
 * @param checkEvery how often it asks Kafka for the topics' ids, their partition counts and their end offsets
 */
public record ReaderConfig(
        String name,
        Map<String, Object> kafka,
        SortedSet<String> topics,
        Duration doubtAfter,
        Duration checkEvery,
        IsolationLevel ends,
        InstantSource clock) {
    public ReaderConfig {
        kafka = Map.copyOf(kafka);
        topics = new TreeSet<>(topics);
    }

    public static ReaderConfig of(String name, Map<String, Object> kafka, Collection<String> topics) {
        return new ReaderConfig(
                name,
                kafka,
                new TreeSet<>(topics),
                Duration.ofMinutes(15),
                Duration.ofSeconds(3),
                IsolationLevel.READ_COMMITTED,
                InstantSource.system());
    }

    public ReaderConfig withDoubtAfter(Duration duration) {
        return new ReaderConfig(name, kafka, topics, duration, checkEvery, ends, clock);
    }

    public ReaderConfig withCheckEvery(Duration duration) {
        return new ReaderConfig(name, kafka, topics, doubtAfter, duration, ends, clock);
    }

    public ReaderConfig withEnds(IsolationLevel level) {
        return new ReaderConfig(name, kafka, topics, doubtAfter, checkEvery, level, clock);
    }

    public ReaderConfig withClock(InstantSource source) {
        return new ReaderConfig(name, kafka, topics, doubtAfter, checkEvery, ends, source);
    }
}
