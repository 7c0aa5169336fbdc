package io.tailrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter err = new StringWriter();
    private long nanos;
    private final ProgressLine progress = new ProgressLine(new PrintWriter(err), () -> nanos);

    @Test
    void whatIsDoneSoonIsNotTold() {
        nanos += Duration.ofMillis(1_999).toNanos();

        progress.report("replaying", 0.5);

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatTakesLongIsToldEveryTwoSeconds() {
        for (int done = 0; done <= 100; done++) {
            progress.report("replaying, " + done + " events", done / 100.0);
            nanos += Duration.ofMillis(50).toNanos();
        }

        assertThat(err.toString().lines()).containsExactly("replaying, 40 events: 40 %", "replaying, 80 events: 80 %");
    }
}
