package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Partitioning;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;

/** What the tasks of a lane share. */
record LaneEnvironment(
        LaneDefinition lane,
        Topics topics,
        LogAccess log,
        Rereading rereading,
        LostInputs lostInputs,
        LaneMetrics metrics) {
    /** How records of the lane's own partitions are spread. */
    Partitioning partitioning() {
        return lane.markers().partitioning();
    }

    String name(Topic topic) {
        return topics.name(topic);
    }

    String changelog(String store) {
        return changelog(topics, lane, store);
    }

    /** As Kafka Streams names it. */
    static String changelog(Topics topics, LaneDefinition lane, String store) {
        return topics.prefix() + lane.name() + "-" + store + "-changelog";
    }
}
