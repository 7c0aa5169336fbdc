package io.tailrace.translator.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the translation's output from release to release. With {@code -Dupdate-golden} it writes what is given now, and
 * deletes what is given no more: then read the difference.
 */
class GoldenTest {
    private static final boolean UPDATE = System.getProperty("update-golden") != null;

    static List<String> cases() {
        return GoldenCase.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatItGaveBefore(String name) throws IOException {
        GoldenCase golden = GoldenCase.read(name);
        SortedMap<String, String> given = GoldenOutput.of(golden).files();
        if (UPDATE) {
            update(golden.folder().resolve("out"), given);
        }
        assertThat(given).isEqualTo(expected(golden.folder().resolve("out")));
    }

    @Test
    void noFileIsUnused() {
        for (String name : GoldenCase.names()) {
            Path folder = GoldenCase.ROOT.resolve(name);
            assertThat(GoldenCase.files(folder))
                    .as(name)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("in", "out");
            assertThat(GoldenCase.files(folder.resolve("in")))
                    .as(name)
                    .isNotEmpty()
                    .allMatch(GoldenTest::isRead);
            // What lies in `out` beside the expected files fails givesWhatItGaveBefore.
        }
    }

    private static boolean isRead(Path input) {
        String file = input.getFileName().toString();
        return file.endsWith(".yaml") || file.endsWith(".json") || file.equals(GoldenCase.DELETED);
    }

    private static SortedMap<String, String> expected(Path folder) {
        SortedMap<String, String> expected = new TreeMap<>();
        GoldenCase.files(folder).forEach(file -> expected.put(file.getFileName().toString(), GoldenCase.text(file)));
        return expected;
    }

    private static void update(Path folder, SortedMap<String, String> given) throws IOException {
        Files.createDirectories(folder);
        for (Path file : GoldenCase.files(folder)) {
            Files.delete(file);
        }
        for (String file : given.keySet()) {
            Files.writeString(folder.resolve(file), given.getOrDefault(file, ""));
        }
    }
}
