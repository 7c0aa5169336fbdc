package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Denial;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.Topics;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Why a thread of a lane failed, in one line. */
final class LaneFailure {
    private LaneFailure() {}

    static String text(Throwable failure, LaneDefinition lane, Topics topics) {
        String wanted = "Write";
        Throwable root = failure;
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof KafkaUnreachableException) {
                return String.valueOf(e.getMessage());
            }
            String message = String.valueOf(e.getMessage());
            if (message.startsWith("Could not create topic")) {
                wanted = "Create"; // a changelog, by Kafka Streams itself
            } else if (message.startsWith("Restore consumer")) {
                wanted = "Read"; // the same
            }
            if (e instanceof TopicAuthorizationException denied && isInput(denied, lane, topics)) {
                wanted = "Read";
            }
            root = e;
        }
        String application = topics.prefix() + lane.name();
        return Denial.text(failure, wanted, application + "-...").orElse(root.toString());
    }

    private static boolean isInput(TopicAuthorizationException denied, LaneDefinition lane, Topics topics) {
        return lane.inputs().stream().map(topics::name).anyMatch(denied.unauthorizedTopics()::contains);
    }
}
