package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour in the README is run as it stands, in one shell, on other ports; numbers may differ. */
class ReadmeTourIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("```(bash|text)\n(.*?)```", Pattern.DOTALL);
    private static final String END = "--- end of block ---";

    /** Commands, and what they print; empty: whatever they print. */
    private record Step(String commands, String output) {}

    @Test
    void itPrintsWhatTheReadmeShows(@TempDir Path folder) throws Exception {
        List<Step> steps = steps();
        writeLauncher(folder);
        Path script = Files.writeString(folder.resolve("tour.sh"), script(steps));

        Process shell = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            boolean ended = shell.waitFor(3, TimeUnit.MINUTES);
            String output = Files.readString(folder.resolve("output"));
            assertThat(ended).as(output).isTrue();
            String[] printed = output.split(END + "\n", -1);
            for (int i = 0; i < steps.size(); i++) {
                if (!steps.get(i).output().isEmpty()) {
                    assertThat(normal(printed[i]))
                            .as(output)
                            .isEqualTo(normal(steps.get(i).output()));
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
        return script.toString()
                .replace("10000", Integer.toString(FreePort.next()))
                .replace("9001", Integer.toString(FreePort.next()))
                .replace("9002", Integer.toString(FreePort.next()));
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
              apply | get) set -- "$@" --bootstrap-servers 127.0.0.1:%1$d ;;
            esac
            exec '%3$s' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
              -cp '%4$s' io.tailrace.cli.Tailrace "$@"
            """.formatted(
                                kafka,
                                xds,
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")),
                UTF_8);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static String normal(String text) {
        return text.replaceAll("[0-9]+", "N").replaceAll(" +", " ").strip();
    }
}
