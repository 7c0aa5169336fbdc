package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.KnownLength;
import io.tailrace.gateway.stream.NameList;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.stream.VersionList;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request's list, which is read only if it is another than those that came lately. */
class RequestReaderTest {
    private final RequestReader reader = new RequestReader(1 << 20);

    /** As gRPC gives a message that isn't compressed. */
    private static final class Message extends ByteArrayInputStream implements KnownLength {
        Message(byte[] bytes) {
            super(bytes);
        }
    }

    private Incoming read(byte[] message) {
        return reader.read(Variant.SOTW, new Message(message));
    }

    private NameList listOf(MessageLite message) {
        Incoming.Good good = (Incoming.Good) read(message.toByteArray());
        assertThat(good.request().nonce()).isEqualTo("n");
        return ((Request.Sotw) good.request().names()).list();
    }

    private NameList list(String... names) {
        return listOf(request(List.of(names)));
    }

    private static DiscoveryRequest request(List<String> names) {
        return DiscoveryRequest.newBuilder()
                .setVersionInfo("v")
                .addAllResourceNames(names)
                .setResponseNonce("n")
                .build();
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "assignment-" + i).toList();
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
    void aListThatComesAgainIsTheSame() {
        NameList first = listOf(request(names(0, 100)));
        NameList other = listOf(request(names(100, 200)));
        assertThat(listOf(request(names(0, 100)))).isSameAs(first);
        assertThat(listOf(request(names(100, 200)))).isSameAs(other);
        assertThat(first.names()).isEqualTo(names(0, 100));
        assertThat(other.names()).isEqualTo(names(100, 200));
    }

    @Test
    void aListThatBeginsOrEndsAsOneBeforeIsAnother() {
        NameList first = listOf(request(names(0, 100)));
        assertThat(listOf(request(names(0, 99))).names()).isEqualTo(names(0, 99));
        assertThat(listOf(request(names(0, 101))).names()).isEqualTo(names(0, 101));
        assertThat(listOf(request(names(1, 100))).names()).isEqualTo(names(1, 100));
        assertThat(first.names()).isEqualTo(names(0, 100));
    }

    @Test
    void aListIsWholeThoughOtherFieldsStandBetweenItsNames() {
        listOf(request(names(0, 100)));
        byte[] more = DiscoveryRequest.newBuilder()
                .addAllResourceNames(names(100, 101))
                .build()
                .toByteArray();
        byte[] scattered = ByteString.copyFrom(request(names(0, 100)).toByteArray())
                .concat(ByteString.copyFrom(more))
                .toByteArray();
        Incoming.Good good = (Incoming.Good) read(scattered);
        assertThat(((Request.Sotw) good.request().names()).names()).isEqualTo(names(0, 101));
    }

    @Test
    void aTagThatTakesTwoBytesIsATagToo() {
        assertThat(((Request.Sotw) ((Incoming.Good) read(new byte[] {(byte) 0x9a, 0, 1, 'a', 0x1a, 1, 'b'}))
                                .request()
                                .names())
                        .names())
                .containsExactly("a", "b");
    }

    @Test
    void listsThatCameLongAgoAreReadAnew() {
        for (int round = 0; round < 3; round++) {
            for (int list = 0; list < 50; list++) {
                List<String> names = names(list, list + 100);
                assertThat(listOf(request(names)).names()).isEqualTo(names);
            }
        }
    }

    @Test
    void largeListsMakeRoomForEachOther() {
        NameList first = listOf(request(names(0, 30_000)));
        assertThat(listOf(request(names(0, 30_000)))).isSameAs(first);
        assertThat(listOf(request(names(1, 40_000))).names()).isEqualTo(names(1, 40_000));
        NameList again = listOf(request(names(0, 30_000)));
        assertThat(again).isNotSameAs(first);
        assertThat(again.names()).isEqualTo(first.names());
    }

    @Test
    void inDeltaClientsThatAskForTheSameShareItsTexts() {
        DeltaDiscoveryRequest asking = DeltaDiscoveryRequest.newBuilder()
                .addAllResourceNamesSubscribe(names(0, 100))
                .putInitialResourceVersions("assignment-7", "v7")
                .addResourceNamesUnsubscribe("old")
                .build();
        Request.Delta first = delta(asking);
        assertThat(first.subscribe()).isEqualTo(names(0, 100));
        assertThat(first.unsubscribe()).containsExactly("old");
        assertThat(first.initialVersions().byName()).isEqualTo(Map.of("assignment-7", "v7"));
        assertThat(delta(asking).subscribe()).isSameAs(first.subscribe());
    }

    private Request.Delta delta(MessageLite message) {
        return delta(message.toByteArray());
    }

    private Request.Delta delta(byte[] message) {
        Incoming.Good good = (Incoming.Good) reader.read(Variant.DELTA, new Message(message));
        return (Request.Delta) good.request().names();
    }

    private static DeltaDiscoveryRequest showing(Map<String, String> versions) {
        return DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl("t")
                .putAllInitialResourceVersions(versions)
                .setResponseNonce("n")
                .build();
    }

    private static Map<String, String> versions(int count, String prefix) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> prefix + i, i -> "0:%d-%x".formatted(i, 0xabcdef00L + i)));
    }

    @Test
    void versionsAreReadByNameAndHaveTheSumOfTheirFingerprints() {
        for (Map<String, String> versions : List.of(
                Map.of("a", "1-h"),
                versions(1_000, "default/web/8080.0123456789abcdef~"),
                versions(10, "n".repeat(300)),
                Map.of("a", "a-version-of-another", "b", "none", "c", "-"),
                Map.of("größe", "1-h", "a", "路由-2"),
                Map.of("", "1-h", "a", ""))) {
            VersionList read = delta(showing(versions)).initialVersions();
            assertThat(read.byName()).isEqualTo(versions);
            assertThat(read.size()).isEqualTo(versions.size());
            assertThat(read.fingerprint())
                    .isEqualTo(versions.entrySet().stream()
                            .mapToLong(one -> Fingerprint.of(one.getKey(), Body.hashOf(one.getValue())))
                            .sum());
        }
        assertThat(delta(showing(Map.of())).initialVersions().size()).isZero();
    }

    /** A field that stands between them, entries that begin with the version, unknown fields in an entry: all are legal. */
    @Test
    void versionsThatAreWrittenInAnotherWayAreReadToo() {
        byte[] usual = {0x2a, 6, 0x0a, 1, 'a', 0x12, 1, '1'};
        byte[] other = {0x2a, 6, 0x12, 1, '2', 0x0a, 1, 'b'};
        byte[] longer = {0x2a, 8, 0x0a, 1, 'c', 0x12, 1, '3', 0x18, 7};
        byte[] type = {0x12, 1, 't'};
        Map<String, String> all = Map.of("a", "1", "b", "2", "c", "3");
        for (List<byte[]> order : List.of(
                List.of(usual, other, longer),
                List.of(other, usual, longer),
                List.of(longer, type, other, usual),
                List.of(usual, type, other, longer))) {
            byte[] message = ByteString.copyFrom(
                            order.stream().map(ByteString::copyFrom).toList())
                    .toByteArray();
            assertThat(delta(message).initialVersions().byName()).isEqualTo(all);
        }
        assertThat(delta(new byte[] {0x2a, 3, 0x12, 1, '2'}).initialVersions().byName())
                .isEqualTo(Map.of("", "2"));
    }

    @Test
    void aRequestThatEndsWithinAFieldIsBrokenAndOneThatEndsBetweenThemIsNot() throws IOException {
        Map<String, String> versions = versions(3, "name-");
        byte[] whole = showing(versions).toByteArray();
        Set<Integer> ends = new HashSet<>(Set.of(0));
        CodedInputStream in = CodedInputStream.newInstance(whole);
        while (in.skipField(in.readTag())) {
            ends.add(in.getTotalBytesRead());
            if (in.isAtEnd()) {
                break;
            }
        }
        for (int end = 0; end <= whole.length; end++) {
            Incoming read = reader.read(Variant.DELTA, new Message(Arrays.copyOf(whole, end)));
            assertThat(read)
                    .as("%d bytes", end)
                    .isInstanceOf(ends.contains(end) ? Incoming.Good.class : Incoming.Broken.class);
        }
    }

    @Test
    void entriesWithLengthsThatLieAreABrokenRequest() {
        for (byte[] message : List.of(
                new byte[] {0x2a, 6, 0x0a, 9, 'a', 0x12, 1, '1'}, // a name longer than its entry
                new byte[] {0x2a, 60, 0x0a, 1, 'a', 0x12, 1, '1'}, // an entry longer than the message
                new byte[] {0x2a, -1, -1, -1, -1, 0x0f, 0x0a, 1, 'a', 0x12, 1, '1'}, // of a negative length
                new byte[] {0x2a, 6, 0x0a, 1, (byte) 0xc3, 0x12, 1, '1'})) { // no text
            assertThat(reader.read(Variant.DELTA, new Message(message))).isInstanceOf(Incoming.Broken.class);
        }
    }

    @Test
    void aNameThatComesTwiceHasItsLastVersion() {
        byte[] one = {0x2a, 6, 0x0a, 1, 'a', 0x12, 1, '1'};
        byte[] two = {0x2a, 6, 0x0a, 1, 'a', 0x12, 1, '2'};
        VersionList read = delta(ByteString.copyFrom(one)
                        .concat(ByteString.copyFrom(two))
                        .toByteArray())
                .initialVersions();
        assertThat(read.byName()).isEqualTo(Map.of("a", "2"));
        assertThat(read.size()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsTooLargeIsNotRead() {
        assertThat(read(new byte[(1 << 20) + 1])).isInstanceOf(Incoming.TooLarge.class);
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
