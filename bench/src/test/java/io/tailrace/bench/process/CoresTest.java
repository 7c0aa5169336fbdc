package io.tailrace.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void serverAndClientsGetDifferentCoresOfThoseThatAreAllowed() {
        assertThat(Cores.of("0-1")).isEqualTo(new Cores(1, 0));
        assertThat(Cores.of("2,4-7")).isEqualTo(new Cores(7, 2));
    }

    @Test
    void oneCoreIsTooFew() {
        assertThatThrownBy(() -> Cores.of("3"))
                .isInstanceOf(BenchFailedException.class)
                .hasMessage("bench needs two cores, one for the server and one for the clients; found 3");
    }
}
