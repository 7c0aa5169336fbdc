package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TailraceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine tailrace =
            Tailrace.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void helpGoesToStandardOutput() {
        int exit = tailrace.execute("--help");

        assertThat(exit).isZero();
        assertThat(out.toString()).startsWith("Usage: tailrace").contains("--version");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionNamesTheProgramAndTheJvm() {
        int exit = tailrace.execute("--version");

        assertThat(exit).isZero();
        assertThat(out.toString()).startsWith("tailrace ").contains("java 25");
    }

    @Test
    void aCallWithoutACommandPrintsTheUsageAsAnError() {
        int exit = tailrace.execute();

        assertThat(exit).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("a command is missing").contains("Usage: tailrace");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "diff --group edge#tailrace diff: --from MOMENT is missing; an example: tailrace diff --group edge --from",
                "translate -g edge#tailrace translate: --file FILE|DIR|- or --at MOMENT is missing; an example: tailrace",
                "wait#tailrace wait: REVISION|POSITION is missing; an example: tailrace wait 877",
                "apply#tailrace apply: --file FILE|DIR|- is missing; an example: tailrace apply -f",
                "rollback#tailrace rollback: --to MOMENT is missing; an example: tailrace rollback --to",
                "delete#tailrace delete: KIND and NAME are missing, or --file; an example: tailrace delete",
                "gateway#tailrace gateway: --name <name> is missing; an example: tailrace gateway --name",
                "topics#tailrace topics: create, list or check is missing; an example: tailrace topics",
                "statsu#tailrace: found [statsu], which is no option or command; did you mean status or",
                "get --namespce x#tailrace get: found [--namespce], which is no option or command; did you mean --namespace?",
                "get -o xml#tailrace get: Invalid value for option '--output': expected one of [TABLE, JSON, YAML]"
            })
    void aWrongCallIsAnsweredWithOneLineThatSaysWhatIsWrong(String call, String answer) {
        assertThat(exitAndOneLine(call)).startsWith(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate -f FILE",
                "apply -f FILE",
                "apply --dry-run -f FILE",
                "delete -f FILE",
                "translate -g edge -f FILE"
            })
    void aFileThatIsNotThereIsSaidInPlainWords(String call, @TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThat(exitAndOneLine(call.replace("FILE", file.toString())))
                .isEqualTo("tailrace: -f: can't read " + file + ": there is no such file or folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "security.protocol=SASL#Invalid value SASL for configuration security.protocol",
                "security.protocol=SSL,ssl.truststore.location=/none.jks#/none.jks",
                "security.protocol=SASL_SSL#JAAS configuration"
            })
    void settingsThatNoClientTakesAreSaidInOneLine(String settings, String named, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), settings.replace(',', '\n'));

        assertThat(exitAndOneLine("status --kafka-config " + file))
                .startsWith("tailrace: --kafka-config: ")
                .contains(named);
        assertThat(exitAndOneLine("up --bootstrap-servers 127.0.0.1:9 --kafka-config " + file))
                .startsWith("tailrace: --kafka-config: ")
                .contains(named);
    }

    @Test
    void aFileOfSettingsThatIsNotThereIsSaidInOneLine() {
        assertThat(exitAndOneLine("get --kafka-config /no/such/file"))
                .isEqualTo("tailrace: --kafka-config: can't read /no/such/file: there is no such file or folder");
    }

    /** Gives the one line of an answer that ends with 2. */
    private String exitAndOneLine(String call) {
        int exit = tailrace.execute(call.split(" ", -1));

        assertThat(exit).as(err.toString()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
        String line = err.toString().strip();
        err.getBuffer().setLength(0);
        return line;
    }
}
