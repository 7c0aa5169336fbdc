package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.TranslatorProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both lanes on a real broker: what is published comes out, through restarts and losses. */
class TranslatorIT {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final String SHOP = """
            kind: Gateway
            metadata: {name: web}
            spec:
              groups: [edge]
              listeners: [{name: http, port: 8080, protocol: HTTP}]
            ---
            kind: HTTPRoute
            metadata: {name: shop}
            spec:
              parentRefs: [{name: web}]
              rules: [{backendRefs: [{name: shop, port: 80}]}]
            ---
            kind: Service
            metadata: {name: shop}
            spec:
              ports: [{name: http, port: 80}]
            ---
            kind: Endpoint
            metadata: {name: one}
            spec: {service: shop, address: 10.0.0.1, ports: {http: 8081}}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private KafkaBroker broker;
    private LogClient log;

    @BeforeEach
    void startBroker() {
        broker = KafkaBroker.start();
        try (Admin admin = Admin.create(broker.kafka())) {
            new TopicAdmin(admin, TOPICS).create(new PartitionCounts(2, 3));
        }
        log = new LogClient(broker.kafka(), TOPICS);
    }

    @AfterEach
    void stopBroker() {
        log.close();
        broker.close();
    }

    @Test
    void whatIsPublishedComesOut() {
        log.put(SHOP);
        try (TranslatorProcess translator = translator()) {
            await().atMost(PATIENCE).until(() -> translator.health().notReady().isEmpty());
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(log.standing(Topic.RESOURCES).keySet())
                        .anyMatch(key -> key.contains("envoy.config.listener.v3.Listener/edge/0.0.0.0_8080"))
                        .anyMatch(key -> key.contains("envoy.config.route.v3.RouteConfiguration/edge/8080"))
                        .anyMatch(key -> key.contains("envoy.config.cluster.v3.Cluster//default%2Fshop%2F80"));
                assertThat(assignments()).anyMatch(text -> text.contains("10.0.0.1"));
            });
            log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(assignments())
                            .anyMatch(text -> text.contains("10.0.0.2"))
                            .noneMatch(text -> text.contains("10.0.0.1")));
        }
    }

    private List<String> assignments() {
        return log.standing(Topic.ASSIGNMENTS).values().stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    private TranslatorProcess translator() {
        return TranslatorProcess.start(
                TranslatorSettings.embedded(broker.kafka(), TOPICS, folder), new SimpleMeterRegistry());
    }
}
