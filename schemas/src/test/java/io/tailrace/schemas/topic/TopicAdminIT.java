package io.tailrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.testing.KafkaBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicAdminIT {
    private static KafkaBroker broker;
    private static Admin admin;

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

    @Test
    void createsAllTopicsOnceAndThenFindsNothingToSay() {
        TopicAdmin topics = new TopicAdmin(admin, new Topics("once."));

        List<TopicAdmin.Creation> first = topics.create(PartitionCounts.EMBEDDED);
        List<TopicAdmin.Creation> second = topics.create(PartitionCounts.CLUSTER);

        assertThat(first).hasSize(Topic.values().length).allMatch(TopicAdmin.Creation::made);
        assertThat(second).noneMatch(TopicAdmin.Creation::made);
        assertThat(second)
                .extracting(TopicAdmin.Creation::partitions)
                .containsExactly(4, 4, 12, 4, 12, 4, 12, 12, 4, 1);
        assertThat(topics.check()).isEmpty();
    }

    @Test
    void saysWhatEachDifferenceBreaks() throws Exception {
        TopicAdmin topics = new TopicAdmin(admin, new Topics("odd."));
        topics.create(PartitionCounts.EMBEDDED);
        set("odd.config", "message.timestamp.type", "CreateTime");
        admin.createPartitions(Map.of("odd.assignments", NewPartitions.increaseTo(13)))
                .all()
                .get();
        admin.deleteTopics(List.of("odd.status")).all().get();

        // The broker describes a deleted topic for a moment.
        await().untilAsserted(() -> assertThat(topics.check())
                .extracting(Difference::text)
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .startsWith(
                                        "odd.config: message.timestamp.type: found CreateTime, expected LogAppendTime: "),
                        text -> assertThat(text)
                                .startsWith(
                                        "odd.assignments: partitions: found 13, expected 12, as odd.endpoints has: "),
                        text -> assertThat(text).startsWith("odd.status: found no such topic, expected a topic: ")));
    }

    @Test
    void missingTopicsAreNamedTogetherWithTheCommandThatMakesThem() {
        TopicAdmin topics = new TopicAdmin(admin, new Topics("missing."));

        assertThatThrownBy(() -> topics.partitionCounts(List.of(Topic.CONFIG, Topic.ENDPOINTS)))
                .isInstanceOf(MissingTopicException.class)
                .hasMessage("the topics missing.config, missing.endpoints don't exist;"
                        + " `tailrace topics create` makes all of them");
    }

    private static void set(String topic, String name, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
