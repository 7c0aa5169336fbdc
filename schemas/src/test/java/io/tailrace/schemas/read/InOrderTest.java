package io.tailrace.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);
    private static final TopicPartition C = new TopicPartition("b", 1);
    private static final List<TopicPartition> ALL = List.of(A, B, C);

    private final List<String> handed = new ArrayList<>();
    private final Set<TopicPartition> ended = new HashSet<>();

    @Test
    void nothingIsHandedOnWhileSomethingEarlierMayCome() {
        InOrder order = new InOrder(ALL);
        order.add(record(A, 0, 10));
        order.add(record(B, 0, 5));

        drain(order);

        assertThat(handed).isEmpty();
    }

    @Test
    void ofAPartitionThatHasEndedNothingComes() {
        InOrder order = new InOrder(ALL);
        order.add(record(A, 0, 10));
        order.add(record(B, 0, 5));
        ended.add(C);

        drain(order);

        assertThat(handed).containsExactly("b-0@0"); // b may have another one before 10
    }

    @Test
    void whatWasAppendedAtOneMomentComesInTheOrderOfThePartitions() {
        InOrder order = new InOrder(ALL);
        order.add(record(C, 0, 7));
        order.add(record(B, 0, 7));
        order.add(record(A, 0, 7));
        ended.addAll(ALL);

        drain(order);

        assertThat(handed).containsExactly("a-0@0", "b-0@0", "b-1@0");
    }

    @Test
    void aClockThatWasSetBackDoesNotTurnAPartitionRound() {
        InOrder order = new InOrder(ALL);
        order.add(record(A, 0, 10));
        order.add(record(A, 1, 3));
        order.add(record(B, 0, 9));
        ended.addAll(ALL);

        drain(order);

        assertThat(handed).containsExactly("b-0@0", "a-0@0", "a-0@1");
    }

    @Test
    void howeverTheyAreReadTheOrderIsOne() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> left = new HashMap<>();
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            for (TopicPartition partition : ALL) {
                List<ConsumerRecord<byte[], byte[]>> own = new ArrayList<>();
                long time = 0;
                for (int i = random.nextInt(60); i > 0; i--) {
                    time += random.nextInt(4);
                    own.add(record(partition, own.size(), time));
                }
                all.addAll(own);
                left.put(partition, own);
            }
            all.sort(Comparator.comparingLong(ConsumerRecord::timestamp)); // stable: then by partition and offset
            handed.clear();
            ended.clear();
            InOrder order = new InOrder(ALL);
            while (ended.size() < ALL.size()) {
                TopicPartition partition = ALL.get(random.nextInt(ALL.size()));
                List<ConsumerRecord<byte[], byte[]>> own = left.getOrDefault(partition, List.of());
                for (int i = Math.min(own.size(), random.nextInt(20)); i > 0; i--) {
                    order.add(own.remove(0));
                }
                if (own.isEmpty()) {
                    ended.add(partition);
                }
                drain(order);
            }

            assertThat(handed)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            all.stream().map(InOrderTest::name).toList());
        }
    }

    @Test
    void aPartitionThatIsFarAheadIsFull() {
        InOrder order = new InOrder(ALL);
        for (int i = 0; i < 1_000; i++) {
            assertThat(order.full()).isEmpty();
            order.add(record(B, i, i));
        }

        assertThat(order.full()).containsExactly(B);
    }

    private void drain(InOrder order) {
        order.drain(ended::contains, record -> handed.add(name(record)));
    }

    private static String name(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, long timeMs) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timeMs,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
