package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.testing.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCommandsIT {
    private static final String GATEWAY = """
        kind: Gateway
        metadata: {name: edge}
        spec: {groups: [edge], listeners: [{name: http, port: 8080, protocol: HTTP}]}
        """;

    private static World world;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path root) throws Exception {
        world = World.start(root);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void applyAnswersWithRevisionsAndTheVerdictAndGetShowsThem() throws Exception {
        CommandAnswer applied = onLog("apply", "-f", file("gateway.yaml", GATEWAY));

        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out()).containsPattern("Gateway +default +edge +\\d+ +accepted");
        assertThat(onLog("get", "gateways").out()).containsPattern("Gateway +default +edge +\\d+ +apply +accepted");
    }

    @Test
    void whatGetGivesAsYamlOrJsonHasTheVerdictAndCanBeApplied() throws Exception {
        assertThat(onLog("apply", "-f", file("gateway.yaml", GATEWAY)).exitCode())
                .isZero();

        for (String format : List.of("yaml", "json")) {
            CommandAnswer got = onLog("get", "Gateway", "edge", "-o", format);

            assertThat(got.out())
                    .containsPattern("tailrace.io/verdict\"?: \"?accepted")
                    .contains("groups");
            CommandAnswer again = onLog("apply", "-f", file("again." + format, got.out()));
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(onLog("get", "Gateway", "edge").out())
                    .as("of what was written again as it is the verdict stands")
                    .containsPattern("Gateway +default +edge +\\d+ +apply +accepted");
        }
    }

    @Test
    void anEndpointWhoseInstanceOthersHaveTooIsDeletedByItsWholeName() throws Exception {
        String file = file("endpoints.yaml", """
            kind: Endpoint
            metadata: {name: one}
            spec: {service: left, address: 127.0.0.1, ports: {http: 80}}
            ---
            kind: Endpoint
            metadata: {name: one}
            spec: {service: right, address: 127.0.0.1, ports: {http: 80}}
            """);
        assertThat(onLog("apply", "-f", file).exitCode()).isZero();

        CommandAnswer ambiguous = onLog("delete", "endpoint", "one");

        assertThat(ambiguous.exitCode()).isEqualTo(2);
        assertThat(ambiguous.err()).contains("expected one of [left/apply/one, right/apply/one]");
        assertThat(onLog("delete", "endpoint", "left/apply/one").exitCode()).isZero();
        assertThat(onLog("get", "endpoint", "one", "-o", "yaml").out())
                .contains("service: right")
                .doesNotContain("service: left");
    }

    @Test
    void allThatIsInAFileIsDeletedOrNothing() throws Exception {
        String first = "kind: Service\nmetadata: {name: first}\nspec: {ports: [{port: 80}]}\n";
        String second = first.replace("first", "second");
        String both = file("both.yaml", first + "---\n" + second);
        assertThat(onLog("apply", "-f", both).exitCode()).isZero();

        CommandAnswer missing =
                onLog("delete", "-f", file("three.yaml", first + "---\n" + second.replace("second", "third")));
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no Service default/third");
        assertThat(onLog("get", "service", "first").exitCode()).isZero();

        CommandAnswer deleted = onLog("delete", "-f", both);

        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        assertThat(onLog("get", "service", "first").exitCode()).isEqualTo(2);
        assertThat(onLog("get", "service", "second").exitCode()).isEqualTo(2);
    }

    @Test
    void aDryRunShowsVerdictAndChangesAndPublishesNothing() throws Exception {
        assertThat(onLog("apply", "-f", file("gateway.yaml", GATEWAY)).exitCode())
                .isZero();
        String route = """
            kind: HTTPRoute
            metadata: {name: planned}
            spec:
              parentRefs: [{name: edge}]
              rules: [{matches: [{path: {value: /planned}}], backendRefs: [{name: planned, port: 80}]}]
            """;
        String service = "---\nkind: Service\nmetadata: {name: planned}\nspec: {ports: [{port: 80}]}\n";

        CommandAnswer whole = onLog("apply", "--dry-run", "-f", file("whole.yaml", route + service));
        CommandAnswer lacking = onLog("apply", "--dry-run", "-f", file("lacking.yaml", route));

        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(whole.out())
                .containsPattern("HTTPRoute +default +planned +added +accepted")
                .containsPattern("edge +changed +RouteConfiguration +8080")
                .containsPattern("edge +added +Cluster +default/planned/80")
                .containsPattern("edge +added +ClusterLoadAssignment +default/planned/80");
        assertThat(lacking.exitCode()).isEqualTo(2);
        assertThat(lacking.err()).contains("spec.rules[0].backendRefs[0].name: found \"default/planned\"");
        assertThat(onLog("get", "httproute", "planned").exitCode()).isEqualTo(2);
    }

    @Test
    void validateWarnsOfWhatTheTranslatorWouldSay() throws Exception {
        String file = file("part.yaml", """
            kind: HTTPRoute
            metadata: {name: part}
            spec: {parentRefs: [{name: elsewhere}], rules: [{backendRefs: [{name: nowhere, port: 80}]}]}
            """);

        CommandAnswer part = run("validate", "-f", file);
        CommandAnswer whole = run("validate", "--strict", "-f", file);

        assertThat(part.exitCode()).isZero();
        assertThat(part.out())
                .contains("part.yaml:1: warning: HTTPRoute default/part: spec.parentRefs[0].name: found")
                .endsWith("1 valid, 0 problems, 1 warning\n");
        assertThat(whole.exitCode()).isEqualTo(2);
        assertThat(whole.out()).isEqualTo(part.out());
    }

    @Test
    void aProblemOfTheTranslationIsSaidWithItsFieldAndEndsWith2() throws Exception {
        CommandAnswer applied = onLog("apply", "-f", file("route.yaml", GATEWAY + """
                    ---
                    kind: HTTPRoute
                    metadata: {name: dangling}
                    spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: nowhere, port: 80}]}]}
                    """));

        assertThat(applied.exitCode()).isEqualTo(2);
        assertThat(applied.err())
                .contains(
                        "HTTPRoute default/dangling: spec.rules[0].backendRefs[0].name: found \"default/nowhere\", expected");
    }

    @Test
    void nothingIsPublishedIfAnObjectIsInvalid() throws Exception {
        CommandAnswer applied = onLog("apply", "-f", file("mixed.yaml", """
                    kind: Service
                    metadata: {name: good}
                    spec: {ports: [{port: 80}]}
                    ---
                    kind: Service
                    metadata: {name: bad}
                    spec: {ports: [{prot: 80}]}
                    """));

        assertThat(applied.exitCode()).isEqualTo(2);
        assertThat(applied.err())
                .contains("mixed.yaml:7:", "spec.ports[0].prot", "Did you mean")
                .endsWith("nothing is published: 1 problem\n");
        assertThat(onLog("get", "service", "good").exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsDeletedIsGoneAndWhatIsNotThereCanNotBeDeleted() throws Exception {
        String file = file("service.yaml", """
            kind: Service
            metadata: {name: passing}
            spec: {ports: [{port: 80}]}
            """);
        assertThat(onLog("apply", "-f", file).exitCode()).isZero();

        CommandAnswer deleted = onLog("delete", "service", "passing");

        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        assertThat(deleted.out()).containsPattern("Service +default +passing +\\d+ +deleted");
        CommandAnswer again = onLog("delete", "service", "passing");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("there is no Service default/passing");
        assertThat(onLog("delete", "service", "passing", "--ignore-not-found").exitCode())
                .isZero();
    }

    @Test
    void whoWritesOverAnothersObjectIsToldSo() throws Exception {
        String file = file("owned.yaml", """
            kind: Service
            metadata: {name: owned}
            spec: {ports: [{port: 80}]}
            """);
        assertThat(onLog("apply", "-f", file, "--source", "first").err()).isEmpty();

        CommandAnswer over = onLog("apply", "-f", file, "--source", "second");

        assertThat(over.exitCode()).isZero();
        assertThat(over.err()).contains("Service default/owned was the source \"first\"'s");
    }

    @Test
    void aSecretHasItsPlaceAmongSecrets() throws Exception {
        String secret = file("secret.yaml", """
            kind: Secret
            metadata: {name: key}
            spec: {keyId: k1, ciphertext: AAAA}
            """);

        assertThat(onLog("apply", "-f", secret).out()).containsPattern("Secret +default +key +s\\d+ +published");
        assertThat(onLog("get", "secret").out()).containsPattern("Secret +default +key +s\\d+ +apply");
        assertThat(onLog("history", "--kind", "secret").out())
                .containsPattern("(?m)^s\\d+ .*Secret default/key created");
    }

    @Test
    void aClusterThatGivesNoAnswerIsSaidWithItsAddressAndEndsWith1() throws Exception {
        String address = "127.0.0.1:" + FreePort.next();

        CommandAnswer got = run("get", "--bootstrap-servers", address);

        assertThat(got.exitCode()).isEqualTo(1);
        assertThat(got.err())
                .isEqualTo("tailrace: Kafka gives no answer (Kafka at " + address
                        + "; is it running? --bootstrap-servers names another)\n");
    }

    @Test
    void withoutATranslatorItIsPublishedAndEndsWith3() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            String kafka = broker.bootstrapServers();
            assertThat(run("topics", "create", "--bootstrap-servers", kafka).exitCode())
                    .isZero();
            assertThat(run("topics", "check", "--bootstrap-servers", kafka).out())
                    .contains("all is as it should be");

            CommandAnswer applied = run(
                    "apply", "-f", file("gateway.yaml", GATEWAY), "--bootstrap-servers", kafka, "--timeout", "200ms");

            assertThat(applied.exitCode()).isEqualTo(3);
            assertThat(applied.err()).contains("published, no verdict");
            assertThat(run("get", "--bootstrap-servers", kafka).out())
                    .containsPattern("Gateway +default +edge +\\d+ +apply +pending");
            assertThat(run("topics", "list", "--bootstrap-servers", kafka).out())
                    .containsPattern("tailrace.config +16 +compact, audit window 90 days");
        }
    }

    @Test
    void withoutTopicsItSaysHowToMakeThem() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            CommandAnswer applied =
                    run("apply", "-f", file("gateway.yaml", GATEWAY), "--bootstrap-servers", broker.bootstrapServers());

            assertThat(applied.exitCode()).isEqualTo(1);
            assertThat(applied.err()).contains("tailrace.config", "tailrace topics create");
        }
    }

    @Test
    void validateAndTranslateNeedNoKafka() throws Exception {
        String file = file("gateway.yaml", GATEWAY);

        assertThat(run("validate", "-f", file).out()).isEqualTo("1 valid, 0 problems\n");
        CommandAnswer translated = run("translate", "-f", file, "--group", "edge");
        assertThat(translated.exitCode()).as(translated.err()).isZero();
        assertThat(translated.out()).contains("name: 0.0.0.0_8080", "route_config_name: '8080'");
        assertThat(run("translate", "-f", folder.toString(), "--group", "edge").out())
                .isEqualTo(translated.out());
        CommandAnswer other = run("translate", "-f", file, "--group", "other");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("expected one of [edge]");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static CommandAnswer onLog(String... arguments) {
        return new Commands(world.kafka()).run(arguments);
    }

    private static CommandAnswer run(String... arguments) {
        return CommandAnswer.of(arguments);
    }
}
