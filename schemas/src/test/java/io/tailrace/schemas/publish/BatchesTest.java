package io.tailrace.schemas.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final EventMeta META = new EventMeta("1", "test", Instant.EPOCH, "");

    @Test
    void whatVanishesComesLast() {
        List<ChangeEvent> ordered = Batches.appearsFirst(List.of(gone("a"), there("b"), gone("c"), there("d")));

        assertThat(ordered).containsExactly(there("b"), there("d"), gone("a"), gone("c"));
    }

    @Test
    void whatIsReferredToComesBeforeWhatRefersToItAndGoesAfterIt() {
        ChangeEvent service = there("a");
        ChangeEvent route = new ChangeEvent(
                new ConfigKey("default", Kind.HTTP_ROUTE, "default", "a"), HTTPRoute.getDefaultInstance(), META);
        ChangeEvent oldRoute = new ChangeEvent(new ConfigKey("default", Kind.HTTP_ROUTE, "default", "b"), null, META);

        assertThat(Batches.appearsFirst(List.of(gone("b"), oldRoute, route, service)))
                .containsExactly(service, route, oldRoute, gone("b"));
    }

    @Test
    void whatIsDeletedAndMadeAgainIsThereInTheEnd() {
        assertThat(Batches.appearsFirst(List.of(gone("a"), there("a")))).containsExactly(gone("a"), there("a"));
    }

    @Test
    void whatIsMadeAndDeletedIsGoneInTheEnd() {
        assertThat(Batches.appearsFirst(List.of(there("a"), gone("a"), there("b"))))
                .containsExactly(there("a"), there("b"), gone("a"));
    }

    @Test
    void aTransactionHoldsAtMostAThousandRecords() {
        List<Batches.Outgoing> all =
                IntStream.range(0, 2_001).mapToObj(i -> of(10)).toList();

        assertThat(Batches.cut(all)).extracting(List::size).containsExactly(1_000, 1_000, 1);
    }

    @Test
    void aTransactionHoldsAtMostEightMebibytesOrOneRecord() {
        List<Batches.Outgoing> all = Stream.of(5 << 20, 2 << 20, 2 << 20, 9 << 20, 1)
                .map(BatchesTest::of)
                .toList();

        assertThat(Batches.cut(all)).extracting(List::size).containsExactly(2, 1, 1, 1);
    }

    @Test
    void nothingIsNoTransaction() {
        assertThat(Batches.cut(List.of())).isEmpty();
    }

    private static Batches.Outgoing of(int bytes) {
        byte[] key = "k".getBytes(StandardCharsets.UTF_8);
        return new Batches.Outgoing(there("a"), new ProducerRecord<>("t", 0, key, new byte[bytes]));
    }

    private static ChangeEvent there(String name) {
        return new ChangeEvent(
                new ConfigKey("default", Kind.SERVICE, "default", name), Service.getDefaultInstance(), META);
    }

    private static ChangeEvent gone(String name) {
        return new ChangeEvent(new ConfigKey("default", Kind.SERVICE, "default", name), null, META);
    }
}
