package io.tailrace.cli.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.schemas.bytes.LogPosition;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "877|c877",
                "c877.e3-10452|c877.e3-10452",
                "c877.e3-10452-9f1c2b7a41d0e6b2|c877.e3-10452",
                "c877-9f1c2b7a41d0e6b2|c877",
                "e3-10452,e5-17|e3-10452,e5-17"
            })
    void aRevisionAPositionAndAVersionNameAPlaceInTheLog(String text, String position) {
        assertThat(Moment.parse("--at", text, NOW)).isEqualTo(new Moment.At(LogPosition.parse(position)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T11:00:00Z, 2026-01-31T11:00:00Z",
        "2026-01-31T12:00:00+01:00, 2026-01-31T11:00:00Z",
        "-15m, 2026-01-31T11:45:00Z",
        "-1h30m, 2026-01-31T10:30:00Z"
    })
    void aTimeIsThatOfRfc3339OrSoLongAgo(String text, Instant time) {
        assertThat(Moment.parse("--at", text, NOW)).isEqualTo(new Moment.Time(time));
    }

    @Test
    void anythingElseIsSaidWithWhatIsExpected() {
        assertThatThrownBy(() -> Moment.parse("--at", "yesterday", NOW))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("--at: found \"yesterday\", expected a revision (877), a position");
        assertThatThrownBy(() -> Moment.parseTime("--since", "877", NOW))
                .hasMessageContaining("--since: found \"877\", expected a time");
    }
}
