package io.tailrace.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Uses what short commands use, so that the launcher can record the classes in the JVM's AOT cache: the command line,
 * YAML, Protobuf's JSON and Kafka's clients. It needs no broker; nothing but the time of later starts hangs on it.
 */
final class WarmUp {
    /** Nobody listens there: a client gets as far as a refused connection. */
    private static final Map<String, Object> NO_BROKER = Map.of("bootstrap.servers", "127.0.0.1:1");

    private WarmUp() {}

    public static void main(String[] args) throws InvalidProtocolBufferException {
        Tailrace.commandLine().execute("--help");
        new Load(LoadSettings.builder().build()).loadFromString("kind: Service\nports: [80]");
        JsonFormat.parser().merge("{\"name\": \"warm\"}", Cluster.newBuilder());
        useKafkaClients();
    }

    private static void useKafkaClients() {
        try (var admin = Admin.create(NO_BROKER);
                var producer = new KafkaProducer<>(NO_BROKER, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer =
                        new KafkaConsumer<>(NO_BROKER, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            producer.flush();
            consumer.assign(List.of(new TopicPartition("none", 0)));
            consumer.poll(Duration.ofMillis(300));
            admin.close(Duration.ZERO);
        }
    }
}
