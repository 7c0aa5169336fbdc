package io.tailrace.schemas.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    private static final ByteString ABC = ByteString.copyFromUtf8("abc");

    @Test
    void aVersionNamesThePositionAndTheContent() {
        assertThat(Version.ofConfig(877, ABC)).hasToString("c877-ba7816bf8f01cfea");
        assertThat(Version.ofAssignment(877, 3, 10452, ABC)).hasToString("c877.e3-10452-ba7816bf8f01cfea");
        assertThat(Version.ofSecret(12, ABC)).hasToString("s12-ba7816bf8f01cfea");
    }

    @Test
    void aVersionComesBackFromItsText() {
        Version version = Version.ofAssignment(877, 3, 10452, ABC);

        assertThat(Version.parse(version.text())).isEqualTo(version);
        assertThat(version.revision()).hasValue(877);
        assertThat(Version.ofSecret(1, ABC).revision()).isEmpty();
    }

    @Test
    void equalContentHasEqualHashesWhateverThePositions() {
        assertThat(Version.ofConfig(1, ABC).contentHash())
                .isEqualTo(Version.ofAssignment(2, 3, 4, ABC).contentHash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c1",
                "c1-",
                "c1-ba7816bf8f01cfe",
                "c1-BA7816BF8F01CFEA",
                "x1-ba7816bf8f01cfea",
                "c-1-ba7816bf8f01cfea"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Version.parse(text));
    }
}
