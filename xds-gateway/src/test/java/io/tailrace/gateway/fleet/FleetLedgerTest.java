package io.tailrace.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.Positions;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.RejectedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetLedgerTest {
    private final List<Long> took = new ArrayList<>();
    private final FleetLedger ledger = new FleetLedger("g1", "run", new AckTimes(took::add));
    private final Map<String, @Nullable FleetRecord> topic = new TreeMap<>();
    private int writes;
    private long nowMs = 1_000_000;

    private static Positions revision(long revision) {
        return Positions.NONE.with(new Place(Position.Input.CONFIG, 0), revision);
    }

    /** A view of a number and the revision of ten times that, known to all streams that it concerns. */
    private void view(long number, long... concerned) {
        ledger.apply(new FleetEvent.Published(number, revision(number * 10), List.of(nowMs - 5)));
        for (long stream : concerned) {
            say(stream, new Fact.Behind(number));
        }
        ledger.apply(new FleetEvent.Delivered(number, nowMs));
    }

    private void connect(long stream, String id) {
        Node node = new Node(id, "edge", Map.of(), Node.Locality.UNKNOWN, "envoy 1.40.0");
        say(stream, new Fact.Connected(node, "edge", Variant.DELTA));
    }

    private void say(long stream, Fact fact) {
        ledger.apply(new FleetEvent.Said(stream, fact, nowMs));
    }

    private void write() {
        for (FleetLedger.Write write : ledger.writes(nowMs, false)) {
            writes++;
            topic.put(write.key(), write.value());
        }
    }

    private GatewayReport gateway() {
        write();
        FleetRecord record = topic.get("g1");
        assertThat(record).isNotNull();
        return record == null ? GatewayReport.getDefaultInstance() : record.getGateway();
    }

    private NodeReport node(String id) {
        write();
        FleetRecord record = topic.get("g1/" + id);
        assertThat(record).isNotNull();
        return record == null ? NodeReport.getDefaultInstance() : record.getNode();
    }

    private static long revisionOf(List<Position> positions) {
        return positions.isEmpty() ? -1 : positions.getFirst().getOffset();
    }

    private long watermark() {
        return revisionOf(gateway().getWatermarkList());
    }

    private void connected(long stream, String id) {
        connect(stream, id);
        say(stream, new Fact.Behind(1));
        say(stream, new Fact.Settled(1));
    }

    @Test
    void theWatermarkIsWhatAllConnectedNodesHaveAcked() {
        view(1);
        connected(1, "a");
        connected(2, "b");
        assertThat(watermark()).isEqualTo(10);
        view(2, 1, 2);
        say(1, new Fact.Settled(2));
        assertThat(watermark()).isEqualTo(10);
        assertThat(revisionOf(gateway().getViewList())).isEqualTo(20);
        say(2, new Fact.Settled(2));
        assertThat(watermark()).isEqualTo(20);
    }

    @Test
    void aViewThatConcernsNobodyMovesTheWatermarkOnceItIsDelivered() {
        view(1);
        connected(1, "a");
        ledger.apply(new FleetEvent.Published(2, revision(20), List.of()));
        assertThat(watermark()).isEqualTo(10);
        ledger.apply(new FleetEvent.Delivered(2, nowMs));
        assertThat(watermark()).isEqualTo(20);
    }

    @Test
    void whoIsBehindForThreeSecondsIsNamedAndHoldsTheOthersBackNoMore() {
        view(1);
        connected(1, "a");
        connected(2, "b");
        view(2, 1, 2);
        say(1, new Fact.Settled(2));
        assertThat(gateway().getLaggardsList()).isEmpty();
        nowMs += FleetLedger.LAGGARD_MS;
        assertThat(watermark()).isEqualTo(20);
        assertThat(gateway().getLaggardsList()).singleElement().satisfies(laggard -> {
            assertThat(laggard.getNode()).isEqualTo("b");
            assertThat(laggard.getGroup()).isEqualTo("edge");
            assertThat(revisionOf(laggard.getAckedList())).isEqualTo(10);
        });
        say(2, new Fact.Settled(2));
        assertThat(gateway().getLaggardsList()).isEmpty();
    }

    @Test
    void aNodeThatIsNeverAtRestHoldsTheWatermarkBackNoFurtherThanItIsBehind() {
        view(1);
        connected(1, "a");
        view(2, 1);
        view(3);
        say(1, new Fact.Reached(2, 3));
        assertThat(watermark()).isEqualTo(20);
        nowMs += FleetLedger.LAGGARD_MS - 1;
        view(4);
        say(1, new Fact.Reached(3, 4));
        nowMs += FleetLedger.LAGGARD_MS - 1;
        assertThat(gateway().getLaggardsList()).as("it comes on").isEmpty();
        assertThat(watermark()).isEqualTo(30);
        say(1, new Fact.Settled(4));
        assertThat(watermark()).isEqualTo(40);
    }

    @Test
    void aNodeThatIsLateAndNeverAtRestIsNamedWithWhatItHasAcked() {
        view(1);
        connected(1, "a");
        view(2, 1);
        nowMs += FleetLedger.LAGGARD_MS;
        write();
        view(3);
        say(1, new Fact.Reached(2, 3));
        view(4);
        say(1, new Fact.Reached(3, 4));
        assertThat(watermark()).isEqualTo(40);
        assertThat(gateway().getLaggardsList())
                .singleElement()
                .satisfies(laggard ->
                        assertThat(revisionOf(laggard.getAckedList())).isEqualTo(30));
    }

    @Test
    void aNodeThatConnectsIsNamedUntilItHasEverythingAndHoldsNobodyBack() {
        view(1);
        connected(1, "a");
        view(2);
        connect(2, "b");
        say(2, new Fact.Behind(2));
        assertThat(watermark()).isEqualTo(20);
        assertThat(gateway().getLaggardsList()).extracting(Laggard::getNode).containsExactly("b");
        say(2, new Fact.Settled(2));
        assertThat(gateway().getLaggardsList()).isEmpty();
    }

    @Test
    void aNodeThatIsGoneIsWaitedForNoMoreAndIsTakenOffTheTopicAfterAnHour() {
        view(1);
        connected(1, "a");
        view(2, 1);
        ledger.apply(new FleetEvent.Closed(1, nowMs));
        assertThat(watermark()).isEqualTo(20);
        assertThat(node("a").getConnected()).isFalse();
        assertThat(ledger.forget(nowMs + FleetLedger.FORGET_MS - 1)).isEmpty();
        assertThat(ledger.forget(nowMs + FleetLedger.FORGET_MS)).containsExactly(new FleetLedger.Write("g1/a", null));
    }

    @Test
    void aNodeThatLeavesIsReportedWithWhatItHadAcked() {
        view(1);
        connected(1, "a");
        connected(2, "b");
        assertThat(node("a").getAckedList()).isEmpty();
        view(2, 1);
        ledger.apply(new FleetEvent.Closed(1, nowMs));
        ledger.apply(new FleetEvent.Closed(2, nowMs));
        assertThat(revisionOf(node("a").getAckedList())).isEqualTo(10);
        assertThat(revisionOf(node("b").getAckedList())).isEqualTo(20);
        connected(3, "a");
        assertThat(node("a").getAckedList()).isEmpty();
    }

    @Test
    void aNodeWhoseNewStreamComesBeforeItsOldOneIsSeenGoneStaysConnected() {
        view(1);
        connected(1, "a");
        connected(2, "a");
        ledger.apply(new FleetEvent.Closed(1, nowMs));
        assertThat(node("a").getConnected()).isTrue();
    }

    @Test
    void aRejectionIsToldWithNamesVersionsAndWordsUntilItIsMended() {
        view(1);
        connected(1, "a");
        view(2, 1);
        say(1, new Fact.Rejected(Types.CLUSTER, List.of(new Fact.NamedVersion("c", "c20-x")), "no"));
        say(1, new Fact.Settled(2));
        assertThat(node("a").getRejectionsList()).singleElement().satisfies(rejection -> {
            assertThat(rejection.getMessage()).isEqualTo("no");
            assertThat(rejection.getResourcesList())
                    .containsExactly(RejectedResource.newBuilder()
                            .setName("c")
                            .setVersion("c20-x")
                            .build());
        });
        assertThat(watermark()).isEqualTo(20);
        assertThat(gateway().getLaggardsList())
                .singleElement()
                .satisfies(laggard ->
                        assertThat(revisionOf(laggard.getAckedList())).isEqualTo(10));

        view(3, 1);
        say(1, new Fact.Mended(Types.CLUSTER, List.of("c")));
        say(1, new Fact.Settled(3));
        assertThat(node("a").getRejectionsList()).isEmpty();
        assertThat(gateway().getLaggardsList()).isEmpty();
        assertThat(watermark()).isEqualTo(30);
    }

    @Test
    void nothingIsWrittenWhenNothingHasChangedButABeatIs() {
        view(1);
        connected(1, "a");
        write();
        int before = writes;
        write();
        assertThat(writes).isEqualTo(before);
        assertThat(ledger.writes(nowMs, true))
                .extracting(FleetLedger.Write::key)
                .containsExactly("g1");
    }

    @Test
    void aChangeThatEveryNodeAcksCostsOneRecordHoweverManyNodesThereAre() {
        view(1);
        for (int i = 1; i <= 1_000; i++) {
            connected(i, "n" + i);
        }
        write();
        int before = writes;
        long[] all = new long[1_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = i + 1L;
        }
        view(2, all);
        for (long stream : all) {
            say(stream, new Fact.Settled(2));
        }
        write();
        assertThat(writes - before).isEqualTo(1);
    }

    @Test
    void anEventsTimeIsTakenToTheLastAckOfThoseThatNeededIt() {
        view(1);
        connected(1, "a");
        connected(2, "b");
        view(2);
        assertThat(took).isEmpty();
        view(3, 1, 2);
        nowMs += 20;
        say(1, new Fact.Settled(3));
        assertThat(took).isEmpty();
        nowMs += 10;
        say(2, new Fact.Settled(3));
        assertThat(took).containsExactly(35L);
    }

    @Test
    void aStreamThatStallsForAMinuteDoesNotHoldBackTheTimesOfOthers() {
        view(1);
        connected(1, "a");
        connected(2, "b");
        view(2, 1, 2);
        say(1, new Fact.Settled(2));
        nowMs += AckTimes.GIVE_UP_MS;
        write();
        assertThat(took).hasSize(1);
        view(3, 1);
        say(1, new Fact.Settled(3));
        assertThat(took).containsExactly(AckTimes.GIVE_UP_MS + 5, 5L);
    }

    @Test
    void aLeavingGatewayTakesItsKeysAway() {
        view(1);
        connected(1, "a");
        assertThat(ledger.farewell())
                .containsExactlyInAnyOrder(new FleetLedger.Write("g1", null), new FleetLedger.Write("g1/a", null));
    }
}
