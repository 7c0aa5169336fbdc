package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.schemas.testing.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wait} and {@code status} tell the truth about real Envoys: one that is stopped, one that rejects, one that leaves. */
class WaitIT {
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final Pattern REVISION =
            Pattern.compile("(?:Gateway|HTTPRoute|EnvoyResource) +default +\\S+ +(\\d+)");

    private static World world;
    private static Commands commands;

    private static int listener;
    private static int envoys;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path root) throws Exception {
        world = World.start(root);
        commands = new Commands(world.kafka());
        listener = FreePort.next();
        world.envoy("edge", "steady", Variant.DELTA);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void itNeverReturnsBeforeAStoppedEnvoyHasAcked() throws Exception {
        try (EnvoyNode other = startOther()) {
            signal(other, "STOP");
            String revision = change();

            awaitStatus(name() + " +edge +up +behind");
            CommandAnswer stopped = commands.run("wait", revision, "--timeout", "1s");
            assertThat(stopped.exitCode()).isEqualTo(4);
            assertThat(stopped.err()).contains("not acked: " + name() + " at gateway up: it is behind");

            AtomicBoolean goesOn = new AtomicBoolean();
            CompletableFuture<Boolean> wentOnBefore = new CompletableFuture<>();
            CompletableFuture<CommandAnswer> waiting = CompletableFuture.supplyAsync(() -> {
                CommandAnswer answer = commands.run("wait", revision, "--timeout", "2m");
                wentOnBefore.complete(goesOn.get());
                return answer;
            });
            // All that the other Envoys had to ack is acked: whoever counts only these is done now.
            awaitStatus("up +serves +\\d+ +" + revision + " +" + revision + " +1");
            goesOn.set(true);
            signal(other, "CONT");

            CommandAnswer acked = waiting.get();
            assertThat(wentOnBefore).isCompletedWithValue(true);
            assertThat(acked.exitCode()).as(acked.err()).isZero();
            assertThat(acked.out()).contains("acked by 2 Envoys");
            assertThat(commands.run("status").out())
                    .containsPattern(name() + " +edge +up +up to date +" + revision)
                    .containsPattern("steady +edge +up +up to date +" + revision);
        }
    }

    @Test
    void anEnvoyThatRejectsIsNamedWithItsWords() throws Exception {
        try (EnvoyNode other = startOther()) {
            String rejected = Files.writeString(folder.resolve("raw.yaml"), """
                kind: EnvoyResource
                metadata: {name: taken}
                spec:
                  groups: [edge]
                  resource:
                    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
                    name: taken
                    type: EDS
                    edsClusterConfig: {edsConfig: {pathConfigSource: {path: /no/such/folder/eds.yaml}}}
                """).toString();

            CommandAnswer applied = commands.run("apply", "-f", rejected, "--timeout", "2m");
            awaitStatus(name() + " +edge +up +rejects");
            CommandAnswer waited = commands.run("wait", revision(applied), "--timeout", "1s");

            assertThat(waited.exitCode()).as(waited.out() + waited.err()).isEqualTo(5);
            assertThat(waited.err())
                    .contains("not acked: " + name() + " at gateway up: it rejects")
                    .containsPattern(
                            name() + " rejects Cluster taken \\(c\\d+-[0-9a-f]{16}\\): .*/no/such/folder/eds.yaml");
            assertThat(commands.run("status", "--node", name()).out())
                    .containsPattern("state +rejects")
                    .contains(name() + " rejects Cluster taken");

            assertThat(commands.run("delete", "-f", rejected, "--wait", "--timeout", "2m")
                            .exitCode())
                    .as("what it rejected is gone")
                    .isZero();
            assertThat(other.process().isAlive()).isTrue();
        }
    }

    @Test
    void anEnvoyThatLeavesMeanwhileCountsNoMoreAndIsNamed() throws Exception {
        try (EnvoyNode other = startOther()) {
            signal(other, "STOP");
            String revision = change();
            try (CommandProcess waiting = CommandProcess.start(
                    folder, "wait", revision, "--timeout", "4m", "--bootstrap-servers", world.kafka())) {
                await("it waits for the other one")
                        .atMost(LIVE)
                        .until(() -> waiting.output().contains("waiting for " + name()));

                other.process().destroyForcibly();

                assertThat(waiting.exitCode()).as(waiting.output()).isZero();
                assertThat(waiting.output()).contains("acked by 1 Envoy\n").contains("left without an ack: " + name());
            }
        }
    }

    @Test
    void statusIsShownAgainWhenItChangesUntilItIsStopped() throws Exception {
        change(); // without a Gateway the Envoy is in no group
        try (CommandProcess status =
                CommandProcess.start(folder, "status", "--watch", "--bootstrap-servers", world.kafka())) {
            awaitShown(status, "steady +edge");

            String revision = change();

            awaitShown(status, "steady +edge +up +up to date +" + revision);
            assertThat(status.process().isAlive()).isTrue();
        }
    }

    @Test
    void whatIsUnknownOrConcernsNobodyIsSaid() {
        CommandAnswer wrong = commands.run("wait", "soon");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("REVISION|POSITION: found \"soon\", expected");

        CommandAnswer future = commands.run("wait", "1000000", "--timeout", "1s");
        assertThat(future.exitCode()).isEqualTo(4);
        assertThat(future.err())
                .containsPattern("there is no c1000000 yet: tailrace.config, partition \\d+, ends before offset \\d+\n")
                .contains("not acked: gateway up: it has not read so far");

        CommandAnswer nobody = commands.run("status", "--node", "nobody");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("--node: found \"nobody\", expected one of [", "steady");
    }

    /** A change of the listener that every Envoy of the group has to ack; gives its revision. */
    private String change() throws Exception {
        CommandAnswer applied = commands.run("apply", "-f", gateway("host-" + System.nanoTime()));
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        return revision(applied);
    }

    private static void awaitShown(CommandProcess command, String pattern) {
        await(pattern)
                .atMost(LIVE)
                .failFast("it has ended", () -> !command.process().isAlive())
                .untilAsserted(() -> assertThat(command.output()).containsPattern(pattern));
    }

    private static String revision(CommandAnswer applied) {
        long newest = REVISION.matcher(applied.out())
                .results()
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .max()
                .orElseThrow();
        return Long.toString(newest);
    }

    private static void awaitStatus(String pattern) {
        await(pattern)
                .atMost(LIVE)
                .until(
                        () -> commands.run("status").out(),
                        Pattern.compile(pattern).asPredicate());
    }

    private String gateway(String host) throws Exception {
        return Files.writeString(folder.resolve("gateway.yaml"), """
            kind: Gateway
            metadata: {name: edge}
            spec:
              groups: [edge]
              listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP, hostname: %s.example}]
            ---
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: edge}]
              rules: [{filters: [{type: DirectResponse, directResponse: {status: 200, body: ok}}]}]
            """.formatted(listener, host))
                .toString();
    }

    /** A second Envoy of the group, which has acked all that there is. */
    private EnvoyNode startOther() throws Exception {
        envoys++;
        CommandAnswer before = commands.run("apply", "-f", gateway("before"));
        assertThat(before.exitCode()).as(before.err()).isZero();
        EnvoyNode other = world.envoy("edge", name(), Variant.DELTA);
        awaitStatus(name() + " +edge +up +up to date +\\d+");
        awaitStatus("steady +edge +up +up to date +\\d+");
        await("it has its listener")
                .atMost(LIVE)
                .until(() -> other.admin("/listeners").contains(Integer.toString(listener)));
        return other;
    }

    private static String name() {
        return "other-" + envoys;
    }

    private static void signal(EnvoyNode other, String signal) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(other.process().pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
