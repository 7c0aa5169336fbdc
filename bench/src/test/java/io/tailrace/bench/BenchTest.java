package io.tailrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... arguments) {
        CommandLine command = Bench.commandLine();
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void helpNamesEveryScenarioAndShowsACall() {
        assertThat(bench("--help")).isZero();

        assertThat(out.toString()).contains("tailrace bench --scenarios a1 --rounds 3 --out bench-results");
        assertThat(Scenario.all())
                .allSatisfy(scenario ->
                        assertThat(out.toString()).contains("  " + scenario.id() + "  " + scenario.description()));
    }

    @Test
    void aScenarioThatThereIsNotIsAMistakeOfTheCall() {
        assertThat(bench("--scenarios", "a1,z9")).isEqualTo(2);

        assertThat(err.toString()).contains("found \"z9\", expected one of a1");
    }

    @Test
    void noRoundIsAMistakeOfTheCall() {
        assertThat(bench("--rounds", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--rounds: found 0, expected 1 or more");
    }

    @Test
    void aProfileNeedsAFolder() {
        assertThat(bench("--profile")).isEqualTo(2);

        assertThat(err.toString()).contains("--profile needs --out");
    }
}
