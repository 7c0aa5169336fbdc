package io.tailrace.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.MissingTopicException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LogReaderIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static KafkaBroker broker;
    private static Admin admin;

    private final List<Fold> folds = new CopyOnWriteArrayList<>();
    private String topic = "";

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        admin = broker.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void everyFoldWasWholeAtMostOnce() {
        assertThat(folds).allMatch(fold -> fold.timesWhole <= 1);
    }

    @Test
    void emptyTopicsAreReadAtOnce() throws Exception {
        create(3);
        try (LogReader reader = reader()) {
            awaitWhole(1);

            assertThat(reader.notReady()).isEmpty();
            assertThat(reader.outage()).isEmpty();
            assertThat(folds.get(0).partitions).hasSize(3);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(reader.positions()).isEqualTo(Map.of(at(0), 0L, at(1), 0L, at(2), 0L)));
        }
    }

    @Test
    void controlRecordsAtTheEndDontKeepItFromTheEnd() throws Exception {
        create(1);
        try (Producer<String, String> producer = transactional()) {
            commit(producer, "a");
            abort(producer, "never");
        }
        try (LogReader reader = reader()) {
            awaitWhole(1);

            assertThat(folds.get(0).values()).containsExactly("a");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(reader.positions()).isEqualTo(Map.of(at(0), 4L)));
        }
    }

    @Test
    void whatIsCommittedLaterFollowsInItsOrderAndWhatIsAbortedNeverDoes() throws Exception {
        create(1);
        try (LogReader reader = reader();
                Producer<String, String> producer = transactional()) {
            awaitWhole(1);
            commit(producer, "a");
            abort(producer, "never");
            commit(producer, "b");

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(folds.get(0).values()).containsExactly("a", "b"));
            assertThat(reader.notLive()).isEmpty();
        }
    }

    @Test
    void anOpenTransactionIsNotWaitedForAtTheStartAndComesWhenItEnds() throws Exception {
        create(1);
        try (Producer<String, String> producer = transactional()) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "k", "open")).get();
            try (LogReader reader = reader()) {
                awaitWhole(1);
                assertThat(folds.get(0).values()).isEmpty();

                producer.commitTransaction();

                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(folds.get(0).values()).containsExactly("open"));
                assertThat(reader.notReady()).isEmpty();
            }
        }
    }

    @Test
    void whoWaitsForTheEndOffsetsHasWhatAnyReaderCouldSeeBefore() throws Exception {
        create(1);
        try (LogReader reader = reader();
                Producer<String, String> producer = transactional()) {
            awaitWhole(1);
            for (int i = 0; i < 20; i++) {
                commit(producer, "v" + i);
                awaitCommitted(2L * i + 2);

                List<CompletableFuture<Map<TopicPartition, Long>>> waiting =
                        List.of(reader.passEndOffsets(), reader.passEndOffsets(), reader.passEndOffsets());
                for (CompletableFuture<Map<TopicPartition, Long>> future : waiting) {
                    assertThat(future.get(60, TimeUnit.SECONDS).get(at(0))).isGreaterThanOrEqualTo(2L * i + 2);
                    assertThat(folds.get(0).values()).hasSize(i + 1);
                }
            }
        }
    }

    @Test
    void aTopicThatDoesNotExistYetIsWaitedForAndNamed() throws Exception {
        try (LogReader reader = reader()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(reader.notReady())
                            .hasValueSatisfying(text -> assertThat(text)
                                    .contains("the topic " + topic
                                            + " doesn't exist; `tailrace topics create` makes all of them")));

            create(1);

            awaitWhole(1);
            assertThat(reader.notReady()).isEmpty();
        }
    }

    @Test
    void aTopicMadeAnewIsReadAnewIntoAFreshFoldWhileTheOldOneStays() throws Exception {
        create(1);
        send("old");
        try (LogReader reader = reader()) {
            awaitWhole(1);
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(LONG).untilAsserted(() -> assertThat(reader.outage()).isPresent());
            assertThat(reader.notReady()).isEmpty();
            create(1);
            send("new");

            awaitWhole(2);

            assertThat(folds.get(0).values()).containsExactly("old");
            assertThat(folds.get(folds.size() - 1).values()).containsExactly("new");
            await().atMost(LONG).untilAsserted(() -> assertThat(reader.outage()).isEmpty());
            reader.passEndOffsets().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void morePartitionsAreReadAnew() throws Exception {
        create(1);
        try (LogReader reader = reader()) {
            awaitWhole(1);

            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();

            awaitWhole(2);
            assertThat(folds.get(folds.size() - 1).partitions).hasSize(2);
            assertThat(reader.notLive()).isEmpty();
        }
    }

    @Test
    void offsetsThatAreGoneAreReadAnew() throws Exception {
        create(1);
        List<String> sent = Stream.of("a", "b", "c", "d")
                .map(letter -> letter.repeat(10_000))
                .toList();
        sent.forEach(this::send);
        // Each answer holds one record, so that at most the second has come when the first is handed over.
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.partition.fetch.bytes", 1_000);
        AtomicReference<Runnable> atFirst = new AtomicReference<>(() -> deleteBefore(3));
        try (LogReader reader = new LogReader(ReaderConfig.of(topic, kafka, List.of(topic)), partitions -> {
            Fold fold = new Fold(List.copyOf(partitions)) {
                @Override
                public void record(ConsumerRecord<byte[], byte[]> record) {
                    super.record(record);
                    atFirst.getAndSet(() -> {}).run();
                }
            };
            folds.add(fold);
            return fold;
        })) {
            reader.start();

            awaitWhole(1);

            assertThat(folds).hasSize(2);
            assertThat(folds.get(0).values()).startsWith(sent.get(0)).doesNotContain(sent.get(3));
            assertThat(folds.get(1).values()).containsExactly(sent.get(3));
        }
    }

    @Test
    void tooLongWithoutHavingReadAllIsReadAnew() throws Exception {
        create(1);
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        ReaderConfig config = config().withClock(() -> Instant.now().plus(ahead.get()));
        try (LogReader reader = reader(config)) {
            awaitWhole(1);

            ahead.set(Duration.ofMinutes(16));

            awaitWhole(2);
            assertThat(reader.notReady()).isEmpty();
        }
    }

    @Test
    void aBrokerThatIsAwayIsSaidWaitedForAndReadOnFrom() throws Exception {
        try (KafkaBroker other = KafkaBroker.start();
                Admin its = other.admin()) {
            its.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            try (LogReader reader = new LogReader(
                    ReaderConfig.of("away", other.kafka(), List.of(topic)).withCheckEvery(Duration.ofMillis(200)),
                    this::fold)) {
                reader.start();
                awaitWhole(1);
                int turns = folds.get(0).turns;

                other.stop();

                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(reader.outage())
                                .hasValueSatisfying(
                                        outage -> assertThat(outage.reason()).startsWith("Kafka gives no answer")));
                assertThat(reader.notReady()).isEmpty();
                assertThat(folds.get(0).turns).isGreaterThan(turns);
                CompletableFuture<Map<TopicPartition, Long>> passed = reader.passEndOffsets();

                other.restart();
                send(other, "later");

                passed.get(60, TimeUnit.SECONDS);
                await().atMost(LONG).untilAsserted(() -> {
                    assertThat(reader.outage()).isEmpty();
                    assertThat(folds.get(folds.size() - 1).values()).containsExactly("later");
                });
                assertThat(folds).hasSize(1);
            }
        }
    }

    @Test
    void aFoldThatThrowsEndsTheReaderWhichSaysSo() throws Exception {
        create(1);
        send("a");
        try (LogReader reader = new LogReader(config(), partitions -> new Fold(List.copyOf(partitions)) {
            @Override
            public void record(ConsumerRecord<byte[], byte[]> record) {
                throw new IllegalStateException("a defect");
            }
        })) {
            reader.start();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(reader.notLive())
                            .hasValueSatisfying(text -> assertThat(text).contains("a defect")));
        }
    }

    @Test
    void oneReadingToTheEndGivesAllAndWhereItEnded() throws Exception {
        create(2);
        try (Producer<String, String> producer = transactional()) {
            commit(producer, "a");
            commit(producer, "b");
        }
        List<String> values = new ArrayList<>();
        List<ReadProgress> progress = new ArrayList<>();

        Map<TopicPartition, Long> ends = LogReader.readTopicsToEnd(
                broker.kafka(), List.of(topic), record -> values.add(text(record)), progress::add);

        assertThat(values).containsExactly("a", "b");
        assertThat(ends).isEqualTo(Map.of(at(0), 4L, at(1), 0L));
        assertThat(progress.get(progress.size() - 1)).isEqualTo(new ReadProgress(2, 4, 1.0));
        assertThatThrownBy(() -> LogReader.readTopicsToEnd(broker.kafka(), List.of("absent"), record -> {}, done -> {}))
                .isInstanceOf(MissingTopicException.class);
    }

    private static class Fold implements LogFold {
        final List<TopicPartition> partitions;
        private final List<String> records = new CopyOnWriteArrayList<>();
        volatile int turns;
        volatile int timesWhole;

        Fold(List<TopicPartition> partitions) {
            this.partitions = partitions;
        }

        List<String> values() {
            return List.copyOf(records);
        }

        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            records.add(text(record));
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // only the reader's thread writes
        public void batchDone() {
            turns++;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // only the reader's thread writes
        public void caughtUp() {
            timesWhole++;
        }
    }

    private Fold fold(Set<TopicPartition> partitions) {
        Fold fold = new Fold(List.copyOf(partitions));
        folds.add(fold);
        return fold;
    }

    private ReaderConfig config() {
        return ReaderConfig.of(topic, broker.kafka(), List.of(topic)).withCheckEvery(Duration.ofMillis(200));
    }

    private LogReader reader() {
        return reader(config());
    }

    private LogReader reader(ReaderConfig config) {
        LogReader reader = new LogReader(config, this::fold);
        reader.start();
        return reader;
    }

    private void awaitWhole(int times) {
        await().atMost(LONG)
                .until(() -> folds.stream().mapToInt(fold -> fold.timesWhole).sum() >= times);
    }

    private void create(int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    /** A commit is acknowledged before it can be read: its markers follow. */
    private void awaitCommitted(long offset) {
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        await().atMost(LONG)
                .until(() -> admin.listOffsets(Map.of(at(0), OffsetSpec.latest()), committed)
                                .partitionResult(at(0))
                                .get()
                                .offset()
                        >= offset);
    }

    private void deleteBefore(long offset) {
        try {
            admin.deleteRecords(Map.of(at(0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(String value) {
        send(broker, value);
    }

    private void send(KafkaBroker to, String value) {
        try (Producer<String, String> producer =
                new KafkaProducer<>(to.kafka(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "k", value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Producer<String, String> transactional() {
        Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", topic),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private void commit(Producer<String, String> producer, String value) throws Exception {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, "k", value)).get();
        producer.commitTransaction();
    }

    private void abort(Producer<String, String> producer, String value) throws Exception {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, "k", value)).get();
        producer.abortTransaction();
    }

    private TopicPartition at(int partition) {
        return new TopicPartition(topic, partition);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
