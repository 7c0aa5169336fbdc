package io.tailrace.connectors.core;

import static io.tailrace.connectors.testing.Snapshots.service;
import static io.tailrace.connectors.testing.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.connectors.testing.TestLog;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectorIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestLog log = TestLog.create();
    private final HandSource source = new HandSource();
    private final ConnectorSettings settings = new ConnectorSettings(log.kafka(), log.topics(), "ann", false);
    private final Connector connector =
            new Connector(source, settings, InstantSource.system(), new SimpleMeterRegistry());

    @Test
    void aSourceThatFailsEndsItsConnector() throws Exception {
        connector.start();
        IllegalStateException defect = new IllegalStateException("a defect");

        source.taker().failed(defect);

        assertThat(connector.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new Exit.Failed(defect));
        assertThat(connector.notLive())
                .hasValueSatisfying(why -> assertThat(why).contains("a defect"));
        assertThat(source.closed).isTrue();
    }

    @Test
    void aConnectorIsReadyOnceTheSourcesFirstStateIsOnTheLog() throws Exception {
        connector.start();
        assertThat(connector.notReady()).isPresent();

        source.taker().desired(Snapshot.EMPTY);

        await().atMost(Duration.ofSeconds(20)).until(() -> connector.notReady().isEmpty());
        connector.close();
        assertThat(connector.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new Exit.Closed());
        assertThat(connector.notLive()).isEmpty();
    }

    /** An open transaction hides what others commit behind it from every reader. */
    @Test
    void aConnectorKnowsWhatItRemovedBehindAnotherProgramsOpenTransaction() throws Exception {
        SourceObject stays = service("stays", 80);
        SourceObject returns = service("returns", 80);
        connector.start();
        source.taker().desired(snapshot(stays, returns));
        await().atMost(LONG).until(() -> standing().contains("returns"));

        try (KafkaProducer<byte[], byte[]> other = transactional("another")) {
            other.beginTransaction();
            int partition = Partitions.of(returns.key(), 2);
            other.send(new ProducerRecord<>(log.name(Topic.CONFIG), partition, new byte[] {1}, new byte[] {1}))
                    .get(60, TimeUnit.SECONDS);
            source.taker().desired(snapshot(stays));
            await().atMost(LONG).until(() -> deletions().contains("returns"));
            connector.close();

            HandSource again = new HandSource();
            try (Connector next = new Connector(again, settings, InstantSource.system(), new SimpleMeterRegistry())) {
                next.start();
                again.taker().desired(snapshot(stays, returns));
                await().atMost(LONG).until(() -> !next.notReady().orElse("").contains("reader"));
                other.abortTransaction();
                await().atMost(LONG).until(() -> next.notReady().isEmpty());
                assertThat(standing()).contains("stays", "returns");
            }
        }
    }

    @Test
    void aConnectorThatWasNeverStartedClosesItsSource() {
        connector.close();

        assertThat(source.closed).isTrue();
    }

    private Set<String> standing() {
        return log.standing(Topic.CONFIG).keySet().stream()
                .map(key -> ObjectKey.parse(key).name())
                .collect(Collectors.toSet());
    }

    /** Names of deletions on the log that readers of what is committed don't see, or not yet. */
    private Set<String> deletions() {
        Map<String, Object> kafka = new HashMap<>(log.kafka());
        kafka.put("isolation.level", "read_uncommitted");
        Set<String> names = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(log.name(Topic.CONFIG)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        names.add(ObjectKey.parse(TestLog.text(record.key())).name());
                    }
                }
            }
        }
        return names;
    }

    private KafkaProducer<byte[], byte[]> transactional(String id) {
        Map<String, Object> kafka = new HashMap<>(log.kafka());
        kafka.put("transactional.id", log.name(Topic.CONFIG) + "." + id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static final class HandSource implements Source {
        private final AtomicReference<@Nullable Taker> taker = new AtomicReference<>();
        private volatile boolean closed;

        Taker taker() {
            Taker started = taker.get();
            if (started == null) {
                throw new IllegalStateException("not started");
            }
            return started;
        }

        @Override
        public String name() {
            return "hand";
        }

        @Override
        public void start(Taker to) {
            taker.set(to);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
