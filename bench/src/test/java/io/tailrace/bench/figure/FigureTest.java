package io.tailrace.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static boolean holds(Figure figure) {
        return Objects.requireNonNull(figure.wanted()).holds(figure.value());
    }

    @Test
    void aBoundItselfIsStillRight() {
        assertThat(holds(Figure.atMost("x", 45, 45))).isTrue();
        assertThat(holds(Figure.atMost("x", 45.1, 45))).isFalse();
        assertThat(holds(Figure.atLeast("x", 300, 300))).isTrue();
        assertThat(holds(Figure.atLeast("x", 299, 300))).isFalse();
    }

    @Test
    void aNumberHasTheDigitsThatMatter() {
        assertThat(Figure.number(12_288)).isEqualTo("12,288");
        assertThat(Figure.number(1.234)).isEqualTo("1.23");
        assertThat(Figure.number(0)).isEqualTo("0");
        assertThat(Figure.number(342.7)).isEqualTo("343");
    }
}
