package io.tailrace.cli.topics;

import io.tailrace.cli.options.KafkaFaults;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import io.tailrace.schemas.topic.TopicAdmin;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** The cluster that a command was told. */
public final class Cluster {
    private static final int PATIENCE_MILLIS = 15_000;

    private Cluster() {}

    /** Throws CommandFailedException if it gives no answer in 15 s, or lacks a topic that is asked about. */
    public static <T> T ask(KafkaOptions options, Function<TopicAdmin, T> question) {
        Map<String, Object> settings = new HashMap<>(options.kafka());
        settings.putIfAbsent("default.api.timeout.ms", PATIENCE_MILLIS);
        settings.putIfAbsent("request.timeout.ms", PATIENCE_MILLIS / 2);
        try (Admin admin = Admin.create(settings)) {
            return question.apply(new TopicAdmin(admin, options.topics()));
        } catch (KafkaUnreachableException | MissingTopicException e) {
            throw KafkaFaults.unreachable(settings, e);
        }
    }
}
