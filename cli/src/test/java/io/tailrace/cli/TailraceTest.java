package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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
}
