package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms, 250", "1m30s, 90000", "0s, 0", "1h1m1s1ms, 3661001", "99999h, 359996400000", "1s1s, 2000"})
    void aDurationIsTheSumOfItsParts(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1.5s", "-1s", "100000s", "1h1m1s1ms1ms", "1d", " 1s", "1s\n", "1us"})
    void whatGatewayApiDoesNotKnowIsRefused(String text) {
        assertThat(Durations.isValid(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
