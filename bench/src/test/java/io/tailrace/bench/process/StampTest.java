package io.tailrace.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampTest {
    @Test
    void stampsComeOverToAnotherProcess() {
        List<Stamp> stamps = List.of(new Stamp(7, 2, 1_795_000_000_000_000L), new Stamp(0, 50_000, 3));

        assertThat(Stamp.parse(Stamp.line(stamps))).isEqualTo(stamps);
        assertThat(Stamp.parse(Stamp.line(List.of()))).isEmpty();
    }

    @Test
    void whoeverIsSlowGetsWhatCameDueMeanwhileAndNothingIsLeftOut() {
        List<Long> due = new ArrayList<>();

        new Pace(1_000, Duration.ofMillis(50)).run(due::addAll);

        assertThat(due).hasSize(50).isSorted();
        assertThat(due.getLast() - due.getFirst()).isEqualTo(49_000);
    }
}
