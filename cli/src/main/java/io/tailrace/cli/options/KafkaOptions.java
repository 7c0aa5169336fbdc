package io.tailrace.cli.options;

import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the cluster and its topics there. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            defaultValue = "127.0.0.1:9092",
            description = "Brokers to begin with (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers = "127.0.0.1:9092";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Client settings for Kafka, such as security, and for a schema registry, as a properties file.")
    private @Nullable Path configFile;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL,...",
            description =
                    "Write in Confluent's wire format, by this registry; the same as schema.registry.url in the file.")
    private @Nullable String registry;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "tailrace.",
            description = "What the topics' names begin with (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = "tailrace.";

    /** The settings that every Kafka client of the command begins with. */
    public Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>(KafkaFile.read(configFile));
        settings.put("bootstrap.servers", BootstrapServers.checked(bootstrapServers));
        if (registry != null) {
            settings.put("schema.registry.url", registry);
        }
        KafkaFile.check(settings);
        return Map.copyOf(settings);
    }

    public Topics topics() {
        return new Topics(topicPrefix);
    }
}
