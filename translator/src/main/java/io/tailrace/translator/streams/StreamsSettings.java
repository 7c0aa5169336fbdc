package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of both applications, in one place, each with its reason. */
final class StreamsSettings {
    private static final int LINGER_MS = 100;

    private StreamsSettings() {}

    static Map<String, Object> of(LaneDefinition lane, TranslatorSettings settings) {
        Map<String, Object> all = new HashMap<>(settings.kafka());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.topics().prefix() + lane.name());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        exactlyOnce(all, lane);
        quickFailover(all, settings);
        sizes(all);
        changelogs(all, settings);
        return all;
    }

    private static void exactlyOnce(Map<String, Object> all, LaneDefinition lane) {
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Readers are read_committed. When all that was polled is taken, the processor asks for a commit: the interval
        // is for when there is always more.
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, lane.commitMs());
        all.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                Backlog.Watch.class.getName());
        // Nothing is seen before it is committed, and a commit sends all there is: until then a batch may fill.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
        // What is written again and again says nearly the same each time.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A transaction that begins while the broker still ends the one before is told to try again: not after 100 ms.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10L);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        // Partitions of one task are independent streams (config and secrets): nothing waits for the other.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedRecords.class);
        all.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        // There is no global thread; without this Kafka Streams warns of it.
        all.put("processing.exception.handler.global.enabled", true);
    }

    private static void quickFailover(Map<String, Object> all, TranslatorSettings settings) {
        // What a killed process leaves open blocks readers, and its successor, for this long.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 3_000);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        if (settings.instanceId() != null) {
            all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
        }
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        all.put(StreamsConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    }

    private static void sizes(Map<String, Object> all) {
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.maxOutputBytes());
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), Topic.maxOutputBytes());
    }

    private static void changelogs(Map<String, Object> all, TranslatorSettings settings) {
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.internalReplication());
        Topic.changelogSettings().forEach((setting, value) -> all.put(StreamsConfig.topicPrefix(setting), value));
        // Compaction lag goes by the records' timestamps.
        all.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "LogAppendTime");
    }
}
