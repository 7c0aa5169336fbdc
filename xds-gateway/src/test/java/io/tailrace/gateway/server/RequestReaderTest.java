package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.tailrace.gateway.stream.NameList;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A SotW request's list, which is known by its fingerprint and read only if it is another than before. */
class RequestReaderTest {
    private static Incoming read(byte[] message) {
        return RequestReader.read(Variant.SOTW, new ByteArrayInputStream(message));
    }

    private static NameList list(String... names) {
        DiscoveryRequest message = DiscoveryRequest.newBuilder()
                .setVersionInfo("v")
                .addAllResourceNames(List.of(names))
                .setResponseNonce("n")
                .build();
        Incoming.Good good = (Incoming.Good) read(message.toByteArray());
        assertThat(good.request().nonce()).isEqualTo("n");
        return ((Request.Sotw) good.request().names()).list();
    }

    @Test
    void aListIsReadInItsOrder() {
        assertThat(list("b", "default/web/8080.0123456789abcdef", "").names())
                .containsExactly("b", "default/web/8080.0123456789abcdef", "");
        assertThat(list().names()).isEmpty();
    }

    @Test
    void namesThatAreNotAsciiAreReadToo() {
        assertThat(list("ascii", "größe", "路由").names()).containsExactly("ascii", "größe", "路由");
    }

    @Test
    void bytesThatAreNoTextAreABrokenRequest() {
        byte[] message = UnknownFieldSet.newBuilder()
                .addField(
                        3,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(new byte[] {'a', (byte) 0xc3}))
                                .build())
                .build()
                .toByteArray();
        assertThat(read(message)).isInstanceOf(Incoming.Broken.class);
    }

    @Test
    void aListThatEndsInTheMiddleIsABrokenRequest() {
        assertThat(read(new byte[] {0x1a, 5, 'a'})).isInstanceOf(Incoming.Broken.class);
        assertThat(read(new byte[] {0x1a, -1, -1, -1, -1, 0x0f})).isInstanceOf(Incoming.Broken.class);
    }

    @Test
    void theSameListHasTheSameFingerprintAndNoOtherHas() {
        assertThat(List.of(
                        list("a", "b").fingerprint(),
                        list("b", "a").fingerprint(),
                        list("ab").fingerprint(),
                        list("a", "b", "").fingerprint(),
                        list("a\0", "b").fingerprint(),
                        list("0123456789abcdef").fingerprint(),
                        list("0123456789abcdee").fingerprint(),
                        list("01234567", "89abcdef").fingerprint(),
                        list().fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(list("a", "0123456789").fingerprint())
                .isEqualTo(list("a", "0123456789").fingerprint());
    }

    /** As people number what they name: at every length, and so at every place in a word. */
    @Test
    void numberedNamesHaveFingerprintsOfTheirOwn() {
        Set<Long> all = new HashSet<>();
        int lists = 0;
        for (int length = 0; length < 24; length++) {
            for (int number = 0; number < 10_000; number++) {
                all.add(list("n".repeat(length) + number).fingerprint());
                all.add(list("%s%04d".formatted("m".repeat(length), number), "x")
                        .fingerprint());
                lists += 2;
            }
        }
        assertThat(all).hasSize(lists);
    }
}
