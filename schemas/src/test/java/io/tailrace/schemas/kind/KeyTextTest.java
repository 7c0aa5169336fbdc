package io.tailrace.schemas.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    @Test
    void whatAPathSegmentMayHoldStandsAsItIs() {
        assertThat(KeyText.join("default", "10.0.0.1:8080", "a_b~c")).isEqualTo("default/10.0.0.1:8080/a_b~c");
    }

    @Test
    void everythingElseIsEscapedAsUtf8() {
        assertThat(KeyText.join("a/b", "50%", "é", "")).isEqualTo("a%2Fb/50%25/%C3%A9/");
    }

    @Test
    void anyUnicodeTextComesBack() {
        long seed = Long.getLong("seed", 20260101L);
        for (long run = seed; run < seed + 500; run++) {
            Random random = new Random(run);
            String[] segments = new String[1 + random.nextInt(5)];
            for (int i = 0; i < segments.length; i++) {
                segments[i] = text(random);
            }
            assertThat(KeyText.split(KeyText.join(segments)))
                    .as("-Dseed=%d", run)
                    .containsExactly(segments);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2", "a%", "a%zz", "%2f", "%41", "a b", "é", "%C3", "%FF", "a\u0000", "a#b", "a?b"})
    void aTextThatJoinNeverGivesIsRefused(String text) {
        assertThatThrownBy(() -> KeyText.split(text)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void halfOfASurrogatePairIsRefused() {
        assertThatThrownBy(() -> KeyText.join("a\ud83d")).isInstanceOf(InvalidKeyException.class);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
            if (!(point <= 0xffff && Character.isSurrogate((char) point))) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }
}
