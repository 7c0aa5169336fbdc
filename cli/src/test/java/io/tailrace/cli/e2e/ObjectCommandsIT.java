package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.cli.Tailrace;
import io.tailrace.schemas.testing.KafkaBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ObjectCommandsIT {
    private static final String GATEWAY = """
        kind: Gateway
        metadata: {name: edge}
        spec: {groups: [edge], listeners: [{name: http, port: 8080, protocol: HTTP}]}
        """;

    private static World world;

    @TempDir
    private Path folder;

    /** What a command answered. */
    private record Answer(int exitCode, String out, String err) {}

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
        Answer applied = onLog("apply", "-f", file("gateway.yaml", GATEWAY));

        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out()).containsPattern("Gateway +default +edge +\\d+ +accepted");
        assertThat(onLog("get", "gateways").out()).containsPattern("Gateway +default +edge +\\d+ +apply +accepted");
        assertThat(onLog("get", "Gateway", "edge", "-o", "yaml").out()).contains("groups:", "name: edge");
    }

    @Test
    void aProblemOfTheTranslationIsSaidWithItsFieldAndEndsWith2() throws Exception {
        Answer applied = onLog("apply", "-f", file("route.yaml", GATEWAY + """
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
        Answer applied = onLog("apply", "-f", file("mixed.yaml", """
                    kind: Service
                    metadata: {name: good}
                    spec: {ports: [{port: 80}]}
                    ---
                    kind: Service
                    metadata: {name: bad}
                    spec: {ports: [{prot: 80}]}
                    """));

        assertThat(applied.exitCode()).isEqualTo(2);
        assertThat(applied.err()).contains("mixed.yaml:7:", "spec.ports[0].prot", "Did you mean");
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

        Answer deleted = onLog("delete", "service", "passing");

        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
        assertThat(deleted.out()).containsPattern("Service +default +passing +\\d+ +deleted");
        Answer again = onLog("delete", "service", "passing");
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

        Answer over = onLog("apply", "-f", file, "--source", "second");

        assertThat(over.exitCode()).isZero();
        assertThat(over.err()).contains("Service default/owned was the source \"first\"'s");
    }

    @Test
    void withoutATranslatorItIsPublishedAndEndsWith3() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            String kafka = broker.bootstrapServers();
            assertThat(run("topics", "create", "--bootstrap-servers", kafka).exitCode())
                    .isZero();
            assertThat(run("topics", "check", "--bootstrap-servers", kafka).out())
                    .contains("all is as it should be");

            Answer applied = run(
                    "apply", "-f", file("gateway.yaml", GATEWAY), "--bootstrap-servers", kafka, "--timeout", "200ms");

            assertThat(applied.exitCode()).isEqualTo(3);
            assertThat(applied.err()).contains("published, no verdict");
        }
    }

    @Test
    void withoutTopicsItSaysHowToMakeThem() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            Answer applied =
                    run("apply", "-f", file("gateway.yaml", GATEWAY), "--bootstrap-servers", broker.bootstrapServers());

            assertThat(applied.exitCode()).isEqualTo(1);
            assertThat(applied.err()).contains("tailrace.config", "tailrace topics create");
        }
    }

    @Test
    void validateAndTranslateNeedNoKafka() throws Exception {
        String file = file("gateway.yaml", GATEWAY);

        assertThat(run("validate", "-f", file).out()).isEqualTo("1 valid, 0 problems\n");
        Answer translated = run("translate", "-f", file, "--group", "edge");
        assertThat(translated.exitCode()).as(translated.err()).isZero();
        assertThat(translated.out()).contains("name: 0.0.0.0_8080", "route_config_name: '8080'");
        assertThat(run("translate", "-f", folder.toString(), "--group", "edge").out())
                .isEqualTo(translated.out());
        Answer other = run("translate", "-f", file, "--group", "other");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("expected one of [edge]");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Answer onLog(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", world.kafka()));
        return run(all.toArray(String[]::new));
    }

    private static Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Tailrace.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
