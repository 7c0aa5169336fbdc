package io.tailrace.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.connectors.core.Source;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.kind.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    // Longer than any test: what a test sees, a notice of the file system brought.
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private Duration patience = Duration.ZERO;

    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private @Nullable FileSource source;

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    @Test
    void everyDocumentOfEveryYamlAndJsonFileCountsAndOthersDoNot() throws Exception {
        write("b.yaml", service("b1") + "---\n" + service("b2"));
        write("deep/er/c.yml", service("c"));
        write(
                "a.json",
                "{\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}");
        write(".hidden.yaml", service("hidden"));
        write(".git/x.yaml", service("hidden2"));
        write("d.yaml~", service("backup"));
        write("#e.yaml#", service("backup2"));
        write("README.md", "no object");

        start(NEVER);

        assertThat(names(next())).containsExactly("a", "b1", "b2", "c");
    }

    @Test
    void aChangeIsSeenByANoticeOfTheFileSystem() throws Exception {
        write("a.yaml", service("a"));
        start(NEVER);
        next();

        write("a.yaml", service("a") + "---\n" + service("b"));

        assertThat(names(next())).containsExactly("a", "b");
    }

    @Test
    void aFileThatAnEditorRenamesOverAnotherIsSeen() throws Exception {
        write("a.yaml", service("a"));
        start(NEVER);
        next();

        write(".a.yaml.swp", service("b"));
        Files.move(
                folder.resolve(".a.yaml.swp"),
                folder.resolve("a.yaml"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(names(next())).containsExactly("b");
    }

    @Test
    void filesOfANewSubfolderAreSeenAndWatched() throws Exception {
        write("a.yaml", service("a"));
        start(NEVER);
        next();

        write("new/er/b.yaml", service("b"));
        awaitNames("a", "b");
        write("new/er/b.yaml", service("b2"));
        awaitNames("a", "b2");
        Files.delete(folder.resolve("new/er/b.yaml"));
        awaitNames("a");
    }

    @Test
    void linksThatAreSwappedAsKubernetesDoesForConfigMapsAreSeen() throws Exception {
        write("..one/a.yaml", service("a"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        start(NEVER);
        assertThat(names(next())).containsExactly("a");

        write("..two/a.yaml", service("b"));
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..two"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(names(next())).containsExactly("b");
    }

    @Test
    void aFolderThatIsALinkIsSeenWhenItIsSwapped() throws Exception {
        write("one/a.yaml", service("a"));
        write("two/a.yaml", service("b"));
        Path link = folder.resolve("current");
        Files.createSymbolicLink(link, Path.of("one"));
        start(NEVER, link);
        assertThat(names(next())).containsExactly("a");

        Files.createSymbolicLink(folder.resolve("next"), Path.of("two"));
        Files.move(folder.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(names(next())).containsExactly("b");
    }

    @Test
    void aMissedNoticeIsMadeUpForByLookingFromTimeToTime() throws Exception {
        Path elsewhere = Files.createTempDirectory(folder, "elsewhere");
        Files.writeString(elsewhere.resolve("a.txt"), service("a"));
        Path watched = Files.createDirectory(folder.resolve("watched"));
        Path middle = Files.createDirectory(folder.resolve("middle"));
        Files.createSymbolicLink(middle.resolve("link.txt"), elsewhere.resolve("a.txt"));
        Files.createSymbolicLink(watched.resolve("a.yaml"), middle.resolve("link.txt"));
        start(Duration.ofMillis(50), watched);
        assertThat(names(next())).containsExactly("a");

        // Neither the folder nor the place where the file really is changes.
        Files.writeString(folder.resolve("b.txt"), service("b"));
        Files.createSymbolicLink(folder.resolve("swap"), folder.resolve("b.txt"));
        Files.move(
                folder.resolve("swap"),
                middle.resolve("link.txt"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(names(next())).containsExactly("b");
    }

    @Test
    void whatABrokenFileLastGaveStaysAndOtherFilesApply() throws Exception {
        write("a.yaml", service("a"));
        write("b.yaml", service("b"));
        start(NEVER);
        next();

        write("a.yaml", "kind: [");
        Snapshot broken = next();
        write("b.yaml", service("b2"));
        Snapshot after = next();

        assertThat(names(broken)).containsExactly("a", "b");
        assertThat(broken.problems()).isEqualTo(1);
        assertThat(broken.incomplete()).isEmpty();
        assertThat(names(after)).containsExactly("a", "b2");
    }

    @Test
    void anEmptiedFileKeepsWhatItGave() throws Exception {
        write("a.yaml", service("a"));
        start(NEVER);
        next();

        write("a.yaml", "");

        assertThat(names(next())).containsExactly("a");
    }

    @Test
    void aDeletedFileTakesItsObjectsWithItThoughItIsBroken() throws Exception {
        write("a.yaml", service("a"));
        write("b.yaml", service("b"));
        start(NEVER);
        next();
        write("a.yaml", "kind: [");
        next();

        Files.delete(folder.resolve("a.yaml"));

        Snapshot after = next();
        assertThat(names(after)).containsExactly("b");
        assertThat(after.problems()).isZero();
    }

    @Test
    void whatIsMissingForAMomentOnlyDoesNotVanish() throws Exception {
        patience = Duration.ofSeconds(1);
        write("a.yaml", service("a") + "---\n" + service("b"));
        start(NEVER);
        next();

        Files.delete(folder.resolve("a.yaml"));
        write("c.yaml", service("c"));
        Snapshot meanwhile = next();
        write("a.yaml", service("a"));
        awaitNames("a", "c");

        assertThat(names(meanwhile)).containsExactly("a", "b", "c");
        assertThat(snapshots).isEmpty();
    }

    @Test
    void aFileThatIsBrokenAtTheStartMakesTheStateIncompleteUntilItIsMended() throws Exception {
        write("a.yaml", "kind: [");
        write("b.yaml", service("b"));
        start(NEVER);
        Snapshot first = next();

        write("a.yaml", service("a"));
        Snapshot second = next();

        assertThat(names(first)).containsExactly("b");
        assertThat(first.incomplete()).hasValueSatisfying(why -> assertThat(why).contains("a.yaml"));
        assertThat(names(second)).containsExactly("a", "b");
        assertThat(second.incomplete()).isEmpty();
    }

    @Test
    void aFolderThatIsMissingAtTheStartMakesTheStateIncompleteUntilItComes() throws Exception {
        Path later = folder.resolve("later");
        start(NEVER, later);
        Snapshot first = next();

        write("later/a.yaml", service("a"));
        awaitNames("a");

        assertThat(first.incomplete()).isPresent();
        assertThat(last.incomplete()).isEmpty();
    }

    @Test
    void aFolderThatGoesAwayKeepsWhatItGave() throws Exception {
        write("in/a.yaml", service("a"));
        start(NEVER, folder.resolve("in"));
        next();

        Files.move(folder.resolve("in"), folder.resolve("out"));

        Snapshot after = next();
        assertThat(names(after)).containsExactly("a");
        assertThat(after.problems()).isPositive();
    }

    @Test
    void theFirstByPathHasAnObjectThatTwoFilesGive() throws Exception {
        write("a.yaml", service("same", 1));
        write("b.yaml", service("same", 2));
        start(NEVER);
        Snapshot both = next();

        Files.delete(folder.resolve("a.yaml"));
        Snapshot one = next();

        assertThat(both.problems()).isEqualTo(1);
        assertThat(text(both)).contains("port: 1").doesNotContain("port: 2");
        assertThat(one.problems()).isZero();
        assertThat(text(one)).contains("port: 2");
    }

    @Test
    void anEndpointThatNamesNoSourceHasTheConnectorsName() throws Exception {
        write("a.yaml", """
                kind: Endpoint
                metadata: {name: one}
                spec: {service: shop, address: 10.0.0.1, ports: {http: 8080}}
                """);
        start(NEVER);

        assertThat(next().objects().keySet())
                .extracting(ObjectKey::text)
                .containsExactly("default/Endpoint/default/shop/files/one");
    }

    @Test
    void anInvalidObjectKeepsItsValueAndOthersOfItsFileChange() throws Exception {
        write("a.yaml", service("a", 1) + "---\n" + service("b", 1));
        start(NEVER);
        next();

        write("a.yaml", service("a", 3).replace("ports", "portz") + "---\n" + service("b", 2));

        Snapshot after = next();
        assertThat(after.problems()).isEqualTo(1);
        assertThat(text(after)).contains("port: 1").contains("port: 2").doesNotContain("port: 3");
    }

    @Test
    void bytesThatAreNotUtf8AreReportedWithTheirPlace() throws IOException {
        byte[] text = "kind: Service\nmetadata: {name: x".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wrong = Arrays.copyOf(text, text.length + 1);
        wrong[text.length] = (byte) 0xE4;

        FileReading reading = FileReading.of("x.yaml", wrong, "files");

        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(19);
            assertThat(problem.problem().found()).contains("0xE4");
        });
    }

    private Snapshot last = Snapshot.EMPTY;

    private Snapshot next() throws InterruptedException {
        Snapshot snapshot = snapshots.poll(10, TimeUnit.SECONDS);
        assertThat(snapshot).as("a snapshot").isNotNull();
        last = snapshot;
        return snapshot;
    }

    private void awaitNames(String... names) {
        await().until(() -> {
            Snapshot snapshot = snapshots.poll();
            last = snapshot == null ? last : snapshot;
            return names(last).equals(List.of(names));
        });
    }

    private void start(Duration rescan, Path... folders) throws IOException {
        List<Path> all = folders.length == 0 ? List.of(folder) : List.of(folders);
        FileSource started = new FileSource(
                new FileSourceSettings("files", all, Duration.ofMillis(20), Duration.ofMillis(500), rescan, patience));
        source = started;
        started.start(new Source.Taker() {
            @Override
            public void desired(Snapshot snapshot) {
                snapshots.add(snapshot);
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.objects().keySet().stream()
                .map(ObjectKey::name)
                .sorted()
                .toList();
    }

    private static String text(Snapshot snapshot) {
        return snapshot.objects().values().toString();
    }

    private static String service(String name) {
        return service(name, 80);
    }

    private static String service(String name, int port) {
        return "kind: Service\nmetadata: {name: " + name + "}\nspec: {ports: [{name: http, port: " + port + "}]}\n";
    }
}
