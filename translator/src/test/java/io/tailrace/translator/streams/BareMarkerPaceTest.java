package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BareMarkerPaceTest {
    private static final long NOW = 1_800_000_000_000L;

    private final BareMarkerPace pace = new BareMarkerPace();

    @Test
    void aFewMayBeWrittenAtOnceAndThenOneASecond() {
        assertThat(takenAt(NOW)).isEqualTo(BareMarkerPace.AT_ONCE);
        assertThat(takenAt(NOW + 999)).isZero();
        assertThat(takenAt(NOW + 1_000)).isEqualTo(1);
        assertThat(takenAt(NOW + 3_500)).isEqualTo(2);
        assertThat(takenAt(NOW + 4_000)).isEqualTo(1);
    }

    @Test
    void afterAQuietWhileAsManyMayBeWrittenAtOnceAgainAndNoMore() {
        takenAt(NOW);

        assertThat(takenAt(NOW + 3_600_000)).isEqualTo(BareMarkerPace.AT_ONCE);
    }

    @Test
    void aClockThatIsSetBackDelaysNoneForMoreThanASecond() {
        takenAt(NOW);
        long setBack = NOW - 3_600_000;

        assertThat(takenAt(setBack)).isZero();
        assertThat(takenAt(setBack + 1_000)).isEqualTo(1);
    }

    private int takenAt(long ms) {
        int taken = 0;
        while (taken <= BareMarkerPace.AT_ONCE && pace.take(ms)) {
            taken++;
        }
        return taken;
    }
}
