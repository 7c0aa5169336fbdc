package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tour in the README is run as it stands, in one shell, on other ports. What it prints is what is shown there, but for
 * positions of the log (in columns of that name, and where their form shows them, as in "c6"), times, authors and hashes.
 */
class ReadmeTourIT {
    private static final Set<String> POSITIONS = Set.of("REVISION", "ACKED");
    private static final Pattern POSITION = Pattern.compile("(e[0-9]+-)?[0-9]+");
    private static final Pattern SHOWN_AS_POSITION = Pattern.compile("\\bc[0-9]+\\b");
    private static final Pattern COLUMN = Pattern.compile("\\S+(?: \\S+)*");
    /** A progress line of a slow machine. */
    private static final Pattern PROGRESS = Pattern.compile("(?m)^[a-z, 0-9]+: [0-9]+ %\n");

    /** Position, time and author of an event; its source, and what became of what, stand as they are. */
    private static final Pattern EVENT = Pattern.compile("(?m)^( *(?:by )?)\\S+ +[-0-9]+T[0-9:.]+Z +\\S+ +");

    private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{16}\\b");
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("```(bash|text)\n(.*?)```", Pattern.DOTALL);
    private static final String END = "--- end of block ---";

    /** Commands, and what they print; empty: whatever they print. */
    private record Step(String commands, String output) {}

    @Test
    void itPrintsWhatTheReadmeShows(@TempDir Path folder) throws Exception {
        Map<String, String> ports = new HashMap<>();
        List.of("10000", "9001", "9002", "9901").forEach(port -> ports.put(port, Integer.toString(FreePort.next())));
        List<Step> steps = steps().stream()
                .map(step -> new Step(onPorts(ports, step.commands()), onPorts(ports, step.output())))
                .toList();
        writeLauncher(folder);
        Path script = Files.writeString(folder.resolve("tour.sh"), script(steps));

        Process shell = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            boolean ended = shell.waitFor(10, TimeUnit.MINUTES);
            String output = Files.readString(folder.resolve("output"));
            assertThat(ended).as(output).isTrue();
            String[] printed = output.split(END + "\n", -1);
            for (int i = 0; i < steps.size(); i++) {
                if (!steps.get(i).output().isEmpty()) {
                    assertThat(comparable(printed[i]))
                            .as(output)
                            .isEqualTo(comparable(steps.get(i).output()));
                }
            }
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroyForcibly();
        }
    }

    private static List<Step> steps() throws IOException {
        String readme = Files.readString(README);
        String tour = readme.substring(readme.indexOf("<!-- tour -->"), readme.indexOf("<!-- end of tour -->"));
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(tour);
        while (block.find()) {
            if (block.group(1).equals("bash")) {
                steps.add(new Step(block.group(2), ""));
            } else {
                steps.add(new Step(steps.removeLast().commands(), block.group(2)));
            }
        }
        assertThat(steps).hasSizeGreaterThan(5);
        return steps;
    }

    private static String script(List<Step> steps) {
        StringBuilder script = new StringBuilder();
        steps.forEach(step ->
                script.append(step.commands()).append("echo '").append(END).append("'\n"));
        return script.toString();
    }

    private static String onPorts(Map<String, String> ports, String text) {
        return Pattern.compile("(?<![0-9])(" + String.join("|", ports.keySet()) + ")(?![0-9])")
                .matcher(text)
                .replaceAll(port -> ports.getOrDefault(port.group(), ""));
    }

    /** In the place of {@code ./tailrace}: the same commands from this build, on ports that are free. */
    private static void writeLauncher(Path folder) throws IOException {
        int kafka = FreePort.next();
        int xds = FreePort.next();
        Path launcher = Files.writeString(
                folder.resolve("tailrace"),
                """
            #!/usr/bin/env bash
            case $1 in
              up) set -- "$@" --kafka-port %1$d --xds-port %2$d --http-port 0 ;;
              envoy) set -- "$@" --xds 127.0.0.1:%2$d ;;
              validate) ;;
              *) set -- "$@" --bootstrap-servers 127.0.0.1:%1$d ;;
            esac
            exec '%3$s' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
              -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \\
              -cp '%4$s' io.tailrace.cli.Tailrace "$@"
            """.formatted(kafka, xds, Path.of(System.getProperty("java.home"), "bin", "java"), classPath()),
                UTF_8);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    /** The tour runs in another folder than this test. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String comparable(String text) {
        String untold = PROGRESS.matcher(text).replaceAll("");
        String events = EVENT.matcher(untold).replaceAll("$1EVENT ");
        return withoutPositions(HASH.matcher(events).replaceAll("HASH"));
    }

    /** Positions become "N", and the width of a column doesn't matter. */
    private static String withoutPositions(String text) {
        List<String> header = List.of();
        StringBuilder lines = new StringBuilder();
        for (String line : text.strip().split("\n", -1)) {
            List<String> columns = COLUMN.matcher(line)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(ArrayList::new));
            boolean isHeader = !columns.isEmpty() && columns.stream().allMatch(column -> column.matches("[A-Z]{3,}"));
            header = isHeader ? columns : header;
            for (int i = 0; i < Math.min(header.size(), columns.size()); i++) {
                if (POSITIONS.contains(header.get(i))
                        && POSITION.matcher(columns.get(i)).matches()) {
                    columns.set(i, "N");
                }
            }
            lines.append(String.join("  ", columns)).append('\n');
        }
        return SHOWN_AS_POSITION.matcher(lines).replaceAll("N");
    }
}
