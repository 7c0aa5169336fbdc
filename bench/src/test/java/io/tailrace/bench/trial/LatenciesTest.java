package io.tailrace.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.process.Stamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final List<Stamp> DUE = List.of(new Stamp(0, 1, 1_000), new Stamp(1, 1, 2_000));

    private static final Map<Stamp.Subject, Long> LOG =
            Map.of(new Stamp.Subject(0, 1), 5_000L, new Stamp.Subject(1, 1), 7_000L);

    @Test
    void anEventTakesFromTheLogToTheLastAck() {
        Latencies latencies = Latencies.of(DUE, LOG, List.of(new Stamp(1, 1, 9_000), new Stamp(0, 1, 35_000)));

        assertThat(latencies.percentile(0.5)).isEqualTo(2);
        assertThat(latencies.percentile(0.99)).isEqualTo(30);
        assertThat(latencies.late()).isEqualTo(5);
        assertThat(latencies.wholePercentile(0.5)).isEqualTo(7);
        assertThat(latencies.wholePercentile(0.99)).isEqualTo(34);
    }

    @Test
    void anEventThatNotAllHaveAckedMakesItWorthless() {
        assertThatThrownBy(() -> Latencies.of(DUE, LOG, List.of(new Stamp(0, 1, 35_000))))
                .isInstanceOf(BenchFailedException.class)
                .hasMessageContaining("wasn't acked by all");
    }
}
