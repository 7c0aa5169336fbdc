package io.tailrace.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.connectors.core.Connector;
import io.tailrace.connectors.core.ConnectorSettings;
import io.tailrace.connectors.core.Exit;
import io.tailrace.connectors.testing.TestLog;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConnectorIT {
    private static final ObjectKey SHOP = new ConfigKey("default", Kind.SERVICE, "default", "shop");

    @TempDir
    Path folder;

    private final TestLog log = TestLog.create();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Connector> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(Connector::close);
    }

    @Test
    void whatAFolderHoldsIsOnTheLogAndFollowsItsChanges() throws Exception {
        write("shop.yaml", service("shop", 80));
        write("pods.yaml", """
                kind: Endpoint
                metadata: {name: one}
                spec: {service: shop, address: 10.0.0.1, ports: {http: 8080}}
                """);
        Connector connector = start(false);
        assertThat(connector.notReady()).isEmpty();

        assertThat(log.standing(Topic.CONFIG).keySet()).containsExactly("default/Service/default/shop");
        assertThat(log.standing(Topic.ENDPOINTS).keySet()).containsExactly("default/Endpoint/default/shop/files/one");
        write("shop.yaml", service("shop", 81));
        soon().untilAsserted(() -> assertThat(port(SHOP)).hasValue(81));
        Files.delete(folder.resolve("pods.yaml"));
        soon().untilAsserted(() -> assertThat(log.standing(Topic.ENDPOINTS)).isEmpty());
        assertThat(meters.get("tailrace.connector.objects").gauge().value()).isEqualTo(1);
        assertThat(log.standing(Topic.CONFIG).values()).singleElement().satisfies(record -> {
            assertThat(TestLog.header(record, "ce_source")).isEqualTo("files");
            assertThat(TestLog.header(record, "author")).isEqualTo("ann");
        });
    }

    @Test
    void aRestartPublishesOnlyDifferencesAndRemovesWhatVanishedMeanwhile() throws Exception {
        write("a.yaml", service("same", 80));
        write("b.yaml", service("changed", 80));
        write("c.yaml", service("gone", 80));
        start(false).close();

        write("b.yaml", service("changed", 81));
        Files.delete(folder.resolve("c.yaml"));
        start(false).close();

        assertThat(changes())
                .containsExactlyInAnyOrder("+changed", "+gone", "+same", "+changed", "-gone")
                .endsWith("+changed", "-gone");
    }

    @Test
    void aSecondConnectorOfTheNameFencesTheFirst() throws Exception {
        write("shop.yaml", service("shop", 80));
        Connector first = start(false);
        Connector second = start(false);

        write("shop.yaml", service("shop", 81));

        assertThat(first.exit().get(20, TimeUnit.SECONDS)).isInstanceOf(Exit.Fenced.class);
        assertThat(first.notLive()).isPresent();
        soon().untilAsserted(() -> assertThat(port(SHOP)).hasValue(81));
        assertThat(second.exit()).isNotDone();
        assertThat(second.notLive()).isEmpty();
        write("shop.yaml", service("shop", 82));
        soon().untilAsserted(() -> assertThat(port(SHOP)).hasValue(82));
    }

    @Test
    void whileAFileIsUnreadableAfterAStartNothingIsRemovedAndOthersApply() throws Exception {
        write("a.yaml", service("a", 80));
        write("b.yaml", service("b", 80));
        write("c.yaml", service("c", 80));
        start(false).close();

        write("a.yaml", "kind: [");
        write("b.yaml", service("b", 81));
        Files.delete(folder.resolve("c.yaml"));
        start(false);

        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(port(key("b"))).hasValue(81);
        write("a.yaml", service("a2", 80));
        soon().untilAsserted(() -> assertThat(names()).containsExactly("a2", "b"));
    }

    @Test
    void whatAnotherSourceWritesOverStaysUntilTheFileChanges() throws Exception {
        write("shop.yaml", service("shop", 80));
        write("other.yaml", service("other", 80));
        start(false);
        overwrite(service("shop", 99));

        write("other.yaml", service("other", 81));
        soon().untilAsserted(() -> assertThat(port(key("other"))).hasValue(81));
        assertThat(port(SHOP)).hasValue(99);
        write("shop.yaml", service("shop", 82));
        soon().untilAsserted(() -> assertThat(port(SHOP)).hasValue(82));
    }

    @Test
    void whatAnotherSourceWroteOverIsNotRemovedWithItsFileButRestoredAtARestart() throws Exception {
        write("shop.yaml", service("shop", 80));
        write("other.yaml", service("other", 80));
        Connector first = start(false);
        overwrite(service("shop", 99));
        overwrite(service("other", 99));
        Files.delete(folder.resolve("other.yaml"));
        write("third.yaml", service("third", 80));
        soon().untilAsserted(() -> assertThat(names()).contains("third"));
        first.close();
        assertThat(names()).containsExactly("other", "shop", "third");

        start(false);

        assertThat(port(SHOP)).hasValue(80);
        assertThat(port(key("other"))).hasValue(99);
    }

    @Test
    void aFolderThatIsSuddenlyEmptyRemovesNothing() throws Exception {
        write("a.yaml", service("a", 80));
        write("b.yaml", service("b", 80));
        start(false).close();
        Files.delete(folder.resolve("a.yaml"));
        Files.delete(folder.resolve("b.yaml"));

        start(false).close();

        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void aFolderThatMayBeEmptyRemovesEverything() throws Exception {
        write("a.yaml", service("a", 80));
        start(true);
        Files.delete(folder.resolve("a.yaml"));

        soon().untilAsserted(() -> assertThat(names()).isEmpty());
    }

    @Test
    void whileKafkaIsAwayOnlyTheNewestStateIsKept() throws Exception {
        write("shop.yaml", service("shop", 80));
        Connector connector = start(false);
        log.broker().stop();
        write("shop.yaml", service("shop", 81));
        soon().until(() ->
                meters.get("tailrace.connector.publish.failures").counter().count() > 0);
        write("shop.yaml", service("shop", 82));

        log.broker().restart();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(port(SHOP)).hasValue(82));
        assertThat(changes()).containsExactly("+shop", "+shop");
        assertThat(connector.notLive()).isEmpty();
    }

    private Connector start(boolean mayBeEmpty) throws IOException {
        Connector connector = new Connector(
                new FileSource(FileSourceSettings.of("files", List.of(folder))),
                new ConnectorSettings(log.kafka(), log.topics(), "ann", mayBeEmpty),
                InstantSource.system(),
                meters);
        running.add(connector);
        connector.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> connector.notReady().isEmpty());
        return connector;
    }

    private void overwrite(String yaml) {
        try (Publisher publisher = new Publisher(PublisherConfig.ofCommand(log.kafka(), log.topics(), "apply"))) {
            publisher.publish(List.of(publisher.change(
                    Manifests.parse("x.yaml", yaml).objects().getFirst().object())));
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    private List<String> names() {
        return log.standing(Topic.CONFIG).keySet().stream()
                .map(key -> ObjectKey.parse(key).name())
                .toList();
    }

    /** Every change in the order of the log. */
    private List<String> changes() {
        return log.records(Topic.CONFIG).stream()
                .map(record -> (record.value() == null ? "-" : "+")
                        + ObjectKey.parse(TestLog.text(record.key())).name())
                .toList();
    }

    private Optional<Integer> port(ObjectKey key) throws IOException {
        ConsumerRecord<byte[], byte[]> record = log.standing(Topic.CONFIG).get(key.text());
        return record == null
                ? Optional.empty()
                : Optional.of(
                        Service.parseFrom(record.value()).getSpec().getPorts(0).getPort());
    }

    private static ObjectKey key(String name) {
        return new ConfigKey("default", Kind.SERVICE, "default", name);
    }

    private static String service(String name, int port) {
        return "kind: Service\nmetadata: {name: " + name + "}\nspec: {ports: [{name: http, port: " + port + "}]}\n";
    }
}
