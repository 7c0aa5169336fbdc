package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One source's connector, run after run, as processes: what each publishes, and what it dares to remove. */
final class ConnectorRuns {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String EVENTS = "tailrace_connector_published_events_total.*";
    private static final String NAMESPACE = "runs";

    private final ProcessWorld world;
    private final Path folder;
    private int runs;

    ConnectorRuns(ProcessWorld world) throws IOException {
        this.world = world;
        this.folder = Files.createDirectories(world.root().resolve("runs"));
    }

    void oneAfterTheOther() throws Exception {
        write("same", 80);
        write("changed", 80);
        write("gone", 80);
        Part first = ready();
        assertThat(events(first, "added")).isEqualTo(3);

        Part second = aSecondOneFencesTheFirst(first);

        second.kill();
        write("changed", 82);
        Files.delete(file("gone"));
        Part third = ready();
        assertThat(events(third, "added")).isZero();
        assertThat(events(third, "changed")).isEqualTo(1);
        assertThat(events(third, "removed")).isEqualTo(1);
        assertThat(onTheLog()).containsExactly("changed", "same");

        third.kill();
        nothingAtAllRemovesNothing();
        theFlagConfirmsIt();
    }

    /** The second has nothing to say, since all is on the log; what it says later ends the first when that speaks again. */
    private Part aSecondOneFencesTheFirst(Part first) throws Exception {
        Part second = ready();
        assertThat(second.metric(EVENTS)).isZero();

        write("changed", 81);

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.log()).contains("another connector of this name has taken over");
        await().atMost(LONG).until(() -> events(second, "changed") == 1);
        assertThat(second.isAlive()).isTrue();
        return second;
    }

    private void nothingAtAllRemovesNothing() throws Exception {
        Path elsewhere = world.root().resolve("runs-elsewhere");
        Files.move(folder, elsewhere);
        Part run = ready();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(run.readiness())
                        .startsWith("ok, but ")
                        .contains("removes nothing")
                        .contains(folder.toString()));

        Files.createDirectory(folder);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(run.readiness())
                        .contains("the source suddenly has nothing at all")
                        .contains("--allow-empty"));
        assertThat(run.log()).contains("connector removes nothing, though its source no longer has some objects");
        assertThat(run.metric(EVENTS)).isZero();
        assertThat(onTheLog()).containsExactly("changed", "same");
        run.kill();
    }

    private void theFlagConfirmsIt() throws Exception {
        Part run = ready("--allow-empty");
        assertThat(events(run, "removed")).isEqualTo(2);
        assertThat(run.readiness()).isEqualTo("ok\n");
        assertThat(onTheLog()).isEmpty();
        run.kill();
    }

    private Part ready(String... further) {
        Part run = world.with(world.connector("run-" + ++runs, "runs", folder, further));
        run.start().awaitReady();
        return run;
    }

    private static double events(Part run, String change) throws IOException {
        return run.metric(EVENTS.replace(".*", ".*change=\"" + change + "\".*"));
    }

    private Path file(String service) {
        return folder.resolve(service + ".yaml");
    }

    private void write(String service, int port) throws IOException {
        Files.writeString(file(service), """
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {ports: [{name: http, port: %d}]}
                """.formatted(service, NAMESPACE, port));
    }

    /** The names of the objects that are there. */
    private SortedSet<String> onTheLog() {
        String prefix = "default/Service/" + NAMESPACE + "/";
        SortedSet<String> names = new TreeSet<>();
        LogReader.readTopicsToEnd(
                world.kafka(),
                List.of(Topics.DEFAULT.name(Topic.CONFIG)),
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (key.startsWith(prefix) && record.value() != null) {
                        names.add(key.substring(prefix.length()));
                    } else if (key.startsWith(prefix)) {
                        names.remove(key.substring(prefix.length()));
                    }
                },
                progress -> {});
        return names;
    }
}
