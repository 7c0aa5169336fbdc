package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
