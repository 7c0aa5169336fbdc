package io.tailrace.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.Problem;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final DeadLetters.Origin ORIGIN = new DeadLetters.Origin("tailrace.inbox", 3, 41);
    private static final List<Problem> REASONS = List.of(Problem.of("spec.address", "\"x\"", "an IP address"));

    @Test
    void aRecordIsKeptAsItCameWithTheReasonAndItsPlace() {
        Headers headers = new RecordHeaders().add("ce_id", "7".getBytes(UTF_8));

        DeadLetter letter = DeadLetters.of(ORIGIN, "k".getBytes(UTF_8), "v".getBytes(UTF_8), headers, REASONS);

        assertThat(letter.key()).asString(UTF_8).isEqualTo("k");
        assertThat(letter.value()).asString(UTF_8).isEqualTo("v");
        assertThat(header(letter, "ce_id")).isEqualTo("7");
        assertThat(header(letter, DeadLetters.REASON)).contains("spec.address");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("tailrace.inbox");
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("41");
        assertThat(letter.headers().lastHeader(DeadLetters.CUT)).isNull();
    }

    @Test
    void aLargeValueIsCutAndItsSizeAndHashAreGiven() {
        byte[] large = new byte[DeadLetters.MAX_VALUE_BYTES + 1];

        DeadLetter letter = DeadLetters.of(ORIGIN, null, large, new RecordHeaders(), REASONS);

        assertThat(letter.value()).hasSize(DeadLetters.MAX_VALUE_BYTES);
        assertThat(header(letter, DeadLetters.CUT)).isEqualTo("value");
        assertThat(header(letter, DeadLetters.SIZE)).isEqualTo(Integer.toString(large.length));
        assertThat(header(letter, DeadLetters.SHA256)).matches("[0-9a-f]{64}");
    }

    @Test
    void aLetterIsSmallHoweverLargeKeyAndHeadersAre() {
        Headers headers = new RecordHeaders().add("big", new byte[1 << 20]);

        DeadLetter letter = DeadLetters.of(ORIGIN, new byte[1 << 20], null, headers, REASONS);

        assertThat(letter.key()).hasSizeLessThan(20_000);
        assertThat(letter.headers().lastHeader("big")).isNull();
        assertThat(header(letter, DeadLetters.CUT)).isEqualTo("key,headers");
    }

    @Test
    void whatMayBeASecretInPlainTextIsLeftOut() {
        byte[] value = "{\"kind\": \"Secret\", \"data\": \"hunter2\"}".getBytes(UTF_8);

        DeadLetter letter = DeadLetters.of(ORIGIN, null, value, new RecordHeaders(), REASONS);

        assertThat(letter.value()).isEmpty();
        assertThat(header(letter, DeadLetters.SIZE)).isEqualTo(Integer.toString(value.length));
    }

    private static String header(DeadLetter letter, String name) {
        Header header = letter.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), UTF_8);
    }
}
