package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.cli.e2e.CommandAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What every command owes its user. */
class CommandsTest {
    @ParameterizedTest
    @MethodSource("commands")
    void itSaysWhatItDoesHowItEndsAndShowsAnExample(String name) {
        CommandSpec command = command(name);

        assertThat(command.usageMessage().description()).isNotEmpty();
        assertThat(command.usageMessage().exitCodeList()).isNotEmpty();
        assertThat(example(command)).startsWith("tailrace " + name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itsExampleIsACallThatItTakes(String name) {
        String[] words = example(command(name)).replaceAll(" >.*", "").split(" ", -1);

        ParseResult parsed = Tailrace.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));

        assertThat(parsed.errors()).isEmpty();
    }

    /** The list of commands shows the first paragraph of each. */
    @ParameterizedTest
    @MethodSource("commands")
    void itsSummaryIsOneWholeSentence(String name) {
        String[] paragraphs = command(name).usageMessage().description();

        assertThat(paragraphs[0]).matches("[A-Z][^.]*(?:\\([^)]*\\))?\\.");
        assertThat(paragraphs).allSatisfy(paragraph -> assertThat(paragraph).matches("[A-Z-].*\\."));
    }

    @ParameterizedTest
    @MethodSource("commandsOnKafka")
    @Timeout(60)
    void anAddressThatIsNoneIsSaidInOneLine(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("route.yaml"), """
                kind: ProxyGroup
                metadata: {name: edge}
                spec: {selector: {nodeCluster: edge}}
                """);
        String call = example(command(name)).replaceAll("config/|\\S+\\.yaml", file.toString());
        List<String> words = new ArrayList<>(List.of(call.replaceAll(" --bootstrap-servers \\S+", "")
                .replaceAll("translate -f \\S+", "translate --at 877")
                .split(" ", -1)));
        words.addAll(List.of("--bootstrap-servers", "127.0.0.1:"));

        CommandAnswer answer = CommandAnswer.of(words.subList(1, words.size()).toArray(String[]::new));

        assertThat(answer.err())
                .isEqualTo(
                        "tailrace: --bootstrap-servers: found \"127.0.0.1:\", expected HOST:PORT, as in 127.0.0.1:9092\n");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    static Stream<String> commandsOnKafka() {
        List<String> names = commands()
                .filter(name -> command(name).findOption("--bootstrap-servers") != null)
                .toList();
        assertThat(names).hasSizeGreaterThan(15);
        return names.stream();
    }

    static Stream<String> commands() {
        List<String> names = new ArrayList<>();
        collect(Tailrace.commandLine(), "", names);
        return names.stream();
    }

    private static void collect(CommandLine command, String prefix, List<String> names) {
        command.getSubcommands().forEach((name, subcommand) -> {
            names.add(prefix + name);
            collect(subcommand, prefix + name + " ", names);
        });
    }

    private static CommandSpec command(String name) {
        CommandLine command = Tailrace.commandLine();
        for (String word : name.split(" ", -1)) {
            command = Objects.requireNonNull(command.getSubcommands().get(word));
        }
        return command.getCommandSpec();
    }

    private static String example(CommandSpec command) {
        return Arrays.stream(command.usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("tailrace "))
                .findFirst()
                .orElse("");
    }
}
