package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.cli.process.Parts;
import io.tailrace.schemas.access.Permission;
import io.tailrace.schemas.access.Role;
import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.testing.SecuredKafka;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * A cluster behind SASL and TLS that allows each process, under a principal of its own, what {@link Role} says and nothing
 * else.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredClusterIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int HTTP = FreePort.next();

    @TempDir
    private static Path root;

    private static SecuredKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(
                root,
                Arrays.stream(Role.values()).map(SecuredClusterIT::principal).toList());
        admin = kafka.admin();
        for (Role role : Role.values()) {
            admin.createAcls(permissions(role).stream()
                            .map(permission -> acl(role, permission))
                            .toList())
                    .all()
                    .get();
        }
        Files.createDirectories(root.resolve("files"));
        Files.writeString(root.resolve("files/edge.yaml"), """
            kind: Gateway
            metadata: {name: edge}
            spec: {groups: [edge], listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]}
            ---
            kind: Service
            metadata: {name: shop}
            spec: {ports: [{name: main, port: 80}]}
            """.formatted(HTTP));
        Files.writeString(root.resolve("route.yaml"), """
            kind: HTTPRoute
            metadata: {name: shop}
            spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: shop, port: 80}]}]}
            """);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void withThesePermissionsAloneAnEventBecomesTraffic() throws Exception {
        try (Parts parts = new Parts()) {
            CommandThread made = ended(Role.TOPICS_CREATE, "--mesh-partitions", "2", "--service-partitions", "2");
            assertThat(made.exitCode()).as(made.err()).isZero();
            assertThat(ended(Role.TOPICS_CHECK).out()).isEqualTo("all is as it should be\n");
            for (Role role :
                    List.of(Role.FILE_CONNECTOR, Role.INBOX_CONNECTOR, Role.CONFIG_LANE, Role.ENDPOINTS_LANE)) {
                parts.add(started(role));
            }
            int xds = FreePort.next();
            parts.add(started(Role.GATEWAY, "--xds-port", Integer.toString(xds)));
            HttpBackend shop = parts.add(HttpBackend.start("shop"));
            produce("""
                {"kind": "Endpoint", "metadata": {"name": "shop-1"},
                 "spec": {"service": "shop", "address": "127.0.0.1", "ports": {"main": %d}}}\
                """.formatted(shop.port()));
            parts.add(EnvoyNode.start(
                    new BootstrapSpec(
                            "edge", "edge-1", "default", List.of(new HostAndPort("127.0.0.1", xds)), Variant.DELTA, 0),
                    root.resolve("envoy")));

            CommandThread applied = ended(Role.APPLY);

            assertThat(applied.exitCode()).as(applied.err()).isZero();
            Web web = parts.add(new Web(HTTP));
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> web.get("/").body().contains("shop"));
            String objects = answer(Role.GET, "get");
            assertThat(objects)
                    .containsPattern("Endpoint +default +shop-1 +\\S+ +anyone")
                    .containsPattern("Gateway +default +edge +\\d+ +file +accepted")
                    .containsPattern("HTTPRoute +default +shop +\\d+ +apply +accepted");
            Matcher endpoint = Pattern.compile("shop-1 +(\\S+)").matcher(objects);
            assertThat(endpoint.find()).isTrue();
            thePastAndTheFleetAreSeen(endpoint.group(1));
        }
    }

    private static void thePastAndTheFleetAreSeen(String endpoint) {
        assertThat(answer(Role.HISTORY, "history")).contains("HTTPRoute", "apply");
        assertThat(answer(Role.HISTORY, "diff", "--group", "edge", "--from", "0", "--to", "-0s"))
                .contains("default/shop");
        assertThat(answer(Role.HISTORY, "why", "--group", "edge", "default/shop/80"))
                .contains("shop");
        assertThat(answer(Role.HISTORY, "translate", "--group", "edge", "--at", "-0s"))
                .contains("default/shop/80");
        assertThat(answer(Role.STATUS, "status")).contains("edge-1", "gateway-1");
        answer(Role.STATUS, "wait", "1");
        answer(Role.STATUS, "wait", endpoint);
    }

    @ParameterizedTest
    @MethodSource("lines")
    @Order(2)
    void aProcessSaysWhichPermissionItLacks(Role role, String missing) throws Exception {
        Permission permission = permissions(role).stream()
                .filter(one -> one.text().equals(missing))
                .findFirst()
                .orElseThrow();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger ours = (Logger) LoggerFactory.getLogger("io.tailrace");
        log.start();
        ours.addAppender(log);
        AclBinding acl = acl(role, permission);
        admin.deleteAcls(List.of(acl.toFilter())).all().get();
        awaitAcls(acl, 0);
        try (CommandThread process = started(role)) {
            await().atMost(LONG)
                    .dontCatchUncaughtExceptions() // a lane's threads end by them
                    .until(() -> Stream.concat(
                                    process.err().lines(),
                                    List.copyOf(log.list).stream()
                                            .map(event -> event.getMessage() + event.getKeyValuePairs()))
                            .anyMatch(line -> line.contains("Kafka denies this process " + missing)));
        } finally {
            ours.detachAppender(log);
            admin.createAcls(List.of(acl)).all().get();
            awaitAcls(acl, 1);
        }
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(Role.FILE_CONNECTOR, "Write on the transactional id tailrace.file"),
                Arguments.of(Role.FILE_CONNECTOR, "Read on the group tailrace.file.writer"),
                Arguments.of(Role.FILE_CONNECTOR, "Read on the topic tailrace.secrets"),
                Arguments.of(Role.INBOX_CONNECTOR, "Read on the group tailrace.inbox"),
                Arguments.of(Role.INBOX_CONNECTOR, "Read on the topic tailrace.inbox"),
                Arguments.of(Role.CONFIG_LANE, "Read on the topic tailrace.config"),
                Arguments.of(Role.CONFIG_LANE, "Read on the group tailrace.config"),
                Arguments.of(Role.CONFIG_LANE, "Write on the transactional id tailrace.config-"),
                Arguments.of(Role.ENDPOINTS_LANE, "Read on the topic tailrace.endpoints-"),
                Arguments.of(Role.GATEWAY, "Read on the topic tailrace.resources"),
                Arguments.of(Role.GATEWAY, "Write on the topic tailrace.fleet"),
                Arguments.of(Role.APPLY, "Write on the topic tailrace.config"),
                Arguments.of(Role.APPLY, "Write on the transactional id tailrace.apply."),
                Arguments.of(Role.GET, "Read on the topic tailrace.status"),
                Arguments.of(Role.TOPICS_CHECK, "DescribeConfigs on the cluster"));
    }

    @Test
    @Order(3)
    void whoHasNoPasswordIsToldSo() throws Exception {
        Path wrong = Files.writeString(
                root.resolve("wrong.properties"),
                Files.readString(kafka.file("get")).replace("teg", "wrong"));

        CommandThread get = CommandThread.start(
                "get", "--bootstrap-servers", kafka.bootstrapServers(), "--kafka-config", wrong.toString());

        assertThat(get.exitCode()).isEqualTo(1);
        assertThat(get.err().lines()).hasSize(1).first().asString().contains("Kafka doesn't let this process in");
    }

    /** What a command prints that ends well. */
    private static String answer(Role role, String... words) {
        CommandThread command = started(role, List.of(words));
        assertThat(command.exitCode())
                .as(String.join(" ", words) + ": " + command.err())
                .isZero();
        return command.out();
    }

    private static CommandThread ended(Role role, String... more) {
        CommandThread command = started(role, more);
        command.exitCode();
        return command;
    }

    private static CommandThread started(Role role, String... more) {
        List<String> words = new ArrayList<>(call(role));
        words.addAll(List.of(more));
        return started(role, words);
    }

    private static CommandThread started(Role role, List<String> words) {
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        arguments.addAll(List.of("--kafka-config", kafka.file(principal(role)).toString()));
        return CommandThread.start(arguments.toArray(String[]::new));
    }

    private static List<String> call(Role role) {
        return switch (role) {
            case TOPICS_CREATE -> List.of("topics", "create");
            case TOPICS_CHECK -> List.of("topics", "check");
            case FILE_CONNECTOR ->
                List.of("connector", "file", "-f", root.resolve("files").toString());
            case INBOX_CONNECTOR -> List.of("connector", "inbox");
            case CONFIG_LANE ->
                List.of(
                        "translator",
                        "--lane",
                        "CONFIG",
                        "--state-dir",
                        root.resolve("config-lane").toString());
            case ENDPOINTS_LANE ->
                List.of(
                        "translator",
                        "--lane",
                        "ENDPOINTS",
                        "--state-dir",
                        root.resolve("endpoints-lane").toString());
            case GATEWAY -> List.of("gateway", "--name", "gateway-1");
            case APPLY -> List.of("apply", "-f", root.resolve("route.yaml").toString(), "--timeout", "5m");
            case GET -> List.of("get");
            case HISTORY -> List.of("history");
            case STATUS -> List.of("status");
            case PRODUCER -> throw new IllegalArgumentException("no command of ours");
        };
    }

    private static void produce(String json) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.kafka(principal(Role.PRODUCER)), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> event = new ProducerRecord<>("tailrace.inbox", json.getBytes(UTF_8));
            event.headers().add("content-type", "application/json".getBytes(UTF_8));
            event.headers().add("ce_source", "anyone".getBytes(UTF_8));
            producer.send(event).get();
        }
    }

    private static List<Permission> permissions(Role role) {
        return role.permissions(Topics.DEFAULT, role == Role.APPLY ? "apply" : "file");
    }

    private static String principal(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static AclBinding acl(Role role, Permission permission) {
        return permission.acl("User:" + principal(role));
    }

    private static void awaitAcls(AclBinding acl, int count) {
        await().atMost(LONG)
                .until(() -> admin.describeAcls(acl.toFilter()).values().get().size() == count);
    }
}
