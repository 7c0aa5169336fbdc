package io.tailrace.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.bench.process.Stamp;
import org.junit.jupiter.api.Test;

class ProgressTest {
    /** Two clients ask for the first name, one for the second. */
    private final Progress progress = new Progress(new int[] {2, 1});

    @Test
    void anEditionIsDoneWhenTheLastClientOfItsNameHasAckedIt() {
        progress.acked(0, 0, 1);
        assertThat(progress.done()).isZero();

        progress.acked(1, 0, 1);
        progress.acked(0, 0, 1);

        assertThat(progress.done()).isEqualTo(2);
        assertThat(progress.take().stream().map(Stamp::subject))
                .containsExactly(new Stamp.Subject(1, 1), new Stamp.Subject(0, 1));
    }

    @Test
    void whoIsGivenANewerEditionAtOnceHasAckedThoseBetween() {
        progress.acked(0, 0, 3);
        progress.acked(0, 0, 2);
        assertThat(progress.done()).isEqualTo(2);

        progress.acked(0, 2, 3);

        assertThat(progress.take().stream().map(Stamp::edition)).containsExactly(1, 2, 3);
    }

    @Test
    void whatWasTakenCountsNoMore() {
        progress.acked(1, 0, 1);
        progress.take();

        assertThat(progress.done()).isZero();
        assertThat(progress.take()).isEmpty();
    }
}
