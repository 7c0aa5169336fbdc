package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs from one translator process to another.
 *
 * @param kafka how to reach the cluster: "bootstrap.servers" and what security needs
 * @param stateDir where Kafka Streams keeps the process's id; stores are in memory
 * @param instanceId names this process among the translators, so that it gets its partitions back at once when it starts
 *     again; null: none, and a start after a kill waits for the session's end
 * @param threads of each lane, 1 or more
 * @param standbys instances, beside the one at work, that follow each store: 1; 0 where there is one instance only
 * @param internalReplication of the changelogs; -1: the brokers' default
 * @param acceptLostInputs what an input that was made anew doesn't say goes; without it, that stays in force
 */
public record TranslatorSettings(
        Map<String, Object> kafka,
        Topics topics,
        Path stateDir,
        @Nullable String instanceId,
        int threads,
        int standbys,
        int internalReplication,
        boolean acceptLostInputs) {
    public TranslatorSettings {
        kafka = Map.copyOf(kafka);
        if (threads < 1) {
            throw new IllegalArgumentException("threads: found " + threads + ", expected 1 or more");
        }
    }

    /** For a process that runs everything with a broker of its own. */
    public static TranslatorSettings embedded(Map<String, Object> kafka, Topics topics, Path stateDir) {
        return new TranslatorSettings(kafka, topics, stateDir, "embedded", 1, 0, 1, false);
    }

    /** For one of several processes on a cluster. */
    public static TranslatorSettings clustered(
            Map<String, Object> kafka, Topics topics, Path stateDir, @Nullable String instanceId) {
        return new TranslatorSettings(kafka, topics, stateDir, instanceId, 2, 1, -1, false);
    }

    /** The same, where the log is followed to the letter though inputs were made anew. */
    public TranslatorSettings acceptingLostInputs() {
        return new TranslatorSettings(
                kafka, topics, stateDir, instanceId, threads, standbys, internalReplication, true);
    }
}
