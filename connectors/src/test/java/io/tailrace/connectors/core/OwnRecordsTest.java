package io.tailrace.connectors.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnRecordsTest {
    private static final Service SHOP = Normalization.normalize(Service.newBuilder()
            .setMetadata(Metadata.newBuilder().setName("shop"))
            .setSpec(ServiceSpec.newBuilder()
                    .addPorts(ServicePort.newBuilder().setName("http").setPort(80)))
            .build());
    private static final ObjectKey KEY = new ConfigKey("default", Kind.SERVICE, "default", "shop");
    private static final long HASH = SourceObject.hash(SHOP);
    private static final int COUNT = 4;
    private static final int HOME = Partitions.of(KEY, COUNT);

    private final AtomicInteger learned = new AtomicInteger();
    private final OwnRecords records = new OwnRecords(Topics.DEFAULT, "files", learned::incrementAndGet);

    @Test
    void nothingIsKnownBeforeTheFirstReadingHasCaughtUp() {
        LogFold fold = fold();
        fold.record(record(HOME, 0, "files", SHOP));
        assertThat(records.own()).isEmpty();

        fold.caughtUp();

        assertThat(own()).containsEntry(KEY, HASH);
        assertThat(learned).hasValue(1);
    }

    @Test
    void theNewestRecordSaysWhoseAnObjectIs() {
        LogFold fold = fold();
        fold.record(record(HOME, 0, "files", SHOP));
        fold.caughtUp();
        fold.record(record(HOME, 1, "apply", SHOP));
        assertThat(own()).isEmpty();

        fold.record(record(HOME, 2, "files", SHOP));
        assertThat(own()).containsKey(KEY);
        fold.record(record(HOME, 3, "files", null));
        assertThat(own()).isEmpty();
    }

    @Test
    void whatLiesInTheWrongPartitionOrTopicTakesNothingAway() {
        LogFold fold = fold();
        fold.record(record(HOME, 0, "files", SHOP));
        fold.record(record((HOME + 1) % COUNT, 7, "apply", SHOP));
        fold.record(record(Topic.SECRETS, HOME, 7, "apply", SHOP));
        fold.record(new ConsumerRecord<>(name(Topic.CONFIG), HOME, 8, null, new byte[0]));
        fold.record(new ConsumerRecord<>(name(Topic.CONFIG), HOME, 9, "no key".getBytes(UTF_8), new byte[0]));
        fold.caughtUp();

        assertThat(own()).containsEntry(KEY, HASH);
    }

    @Test
    void anOwnRecordThatCannotBeReadDiffersFromAllThatTheSourceWants() {
        LogFold fold = fold();
        ConsumerRecord<byte[], byte[]> broken =
                new ConsumerRecord<>(name(Topic.CONFIG), HOME, 0, KEY.text().getBytes(UTF_8), new byte[] {0x0f});
        broken.headers().add("ce_source", "files".getBytes(UTF_8));
        fold.record(broken);
        fold.caughtUp();

        assertThat(own()).containsKey(KEY).doesNotContainValue(HASH);
    }

    @Test
    void aFreshReadingCountsOnceItHasCaughtUpAndKnowsWhatWasWrittenMeanwhile() {
        LogFold first = fold();
        first.record(record(HOME, 0, "files", SHOP));
        first.caughtUp();
        int before = records.own().orElseThrow().reading();
        LogFold second = fold();
        assertThat(own()).containsKey(KEY);
        ObjectKey other = new ConfigKey("default", Kind.SERVICE, "default", "other");

        records.wrote(List.of(new Published(other, Topic.CONFIG, HOME, 5)), Map.of(other, 1L));
        second.caughtUp();

        assertThat(own()).containsOnlyKeys(other);
        assertThat(records.own().orElseThrow().reading()).isNotEqualTo(before);
    }

    private Map<ObjectKey, Long> own() {
        return records.own().orElseThrow().hashes();
    }

    private LogFold fold() {
        return records.fresh(Set.of(
                new TopicPartition(name(Topic.CONFIG), 0),
                new TopicPartition(name(Topic.CONFIG), 1),
                new TopicPartition(name(Topic.CONFIG), 2),
                new TopicPartition(name(Topic.CONFIG), 3)));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            int partition, long offset, String source, @Nullable Service value) {
        return record(Topic.CONFIG, partition, offset, source, value);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            Topic topic, int partition, long offset, String source, @Nullable Service value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                name(topic), partition, offset, KEY.text().getBytes(UTF_8), value == null ? null : value.toByteArray());
        record.headers().add("ce_source", source.getBytes(UTF_8)).add("ce_type", "Service".getBytes(UTF_8));
        return record;
    }

    private static String name(Topic topic) {
        return Topics.DEFAULT.name(topic);
    }
}
