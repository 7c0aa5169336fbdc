package io.tailrace.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.cli.fleet.Waiting.Standing;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.Rejection;
import io.tailrace.schemas.topic.RecordKeys;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has acked revision 7 of mesh "default", whose partition is 0. */
class WaitingTest {
    private static final int MESH = 0;

    private final Fleet fleet = new Fleet();
    private final Waiting waiting = new Waiting(target(null));
    private long nowMs = 1_000_000;

    @Test
    void itIsDoneWhenEveryGatewayHasReportedThatAllItsNodesAckedIt() {
        node("g1", "a", "edge");
        node("g2", "b", "edge");
        gateway("g1", 7, 7);
        assertThat(look().isDone())
                .as("a gateway that was never heard of doesn't count")
                .isTrue();
        gateway("g2", 7, 6);
        assertThat(look().isDone()).isFalse();
        gateway("g2", 8, 8);
        assertThat(look().isDone()).isTrue();
        assertThat(look().acked()).containsExactly("a", "b");
    }

    @Test
    void aGatewayThatHasNotReadItHasNotAckedItEvenWithoutNodes() {
        gateway("g1", 6, 6);
        assertThat(look().behind())
                .singleElement()
                .satisfies(behind -> assertThat(behind.text()).isEqualTo("gateway g1: it has not read so far"));
    }

    @Test
    void whatAGatewaySaidBeforeTheWaitBeganIsNotEnough() {
        put(RecordKeys.gateway("g1"), report(7, 7), false);
        assertThat(look().isDone()).isFalse();
        gateway("g1", 7, 7);
        assertThat(look().isDone()).isTrue();
    }

    @Test
    void aNodeThatHasJustConnectedHasNotAckedUntilItsGatewaySaysSo() {
        gateway("g1", 7, 7);
        node("g1", "a", "edge");
        assertThat(look().isDone()).isFalse();
        assertThat(look().acked()).isEmpty();
        gateway("g1", 7, 7);
        assertThat(look().acked()).containsExactly("a");
    }

    @Test
    void aNodeThatIsBehindIsNamedWithWhatItRejectsInItsOwnWords() {
        NodeReport rejecting = report("a", "edge").toBuilder()
                .addRejections(
                        Rejection.newBuilder().setTypeUrl("x/envoy.Cluster").setMessage("no such thing"))
                .build();
        put(RecordKeys.node("g1", "a"), FleetRecord.newBuilder().setNode(rejecting), true);
        gateway("g1", 7, 7, laggard("a", "edge", 6));

        Standing standing = look();

        assertThat(standing.isDone()).isFalse();
        assertThat(standing.isRejected()).isTrue();
        assertThat(standing.acked()).isEmpty();
        assertThat(standing.behind().getFirst().node()).isEqualTo("a");
        assertThat(standing.behind().getFirst().rejections().getFirst().getMessage())
                .isEqualTo("no such thing");
    }

    @Test
    void aLaggardThatHasAckedItAndOnlyLacksWhatIsNewerIsNotBehind() {
        node("g1", "a", "edge");
        gateway("g1", 9, 9, laggard("a", "edge", 7));
        assertThat(look().isDone()).isTrue();
        assertThat(look().acked()).containsExactly("a");
    }

    @Test
    void nodesOfOtherGroupsAndMeshesDoNotMatter() {
        Waiting ofGroup = new Waiting(target("edge"));
        node("g1", "a", "edge");
        gateway(
                "g1",
                7,
                7,
                laggard("b", "other", 6),
                laggard("c", "edge", 6).toBuilder().setMesh("mine").build());
        assertThat(ofGroup.look(fleet, nowMs).isDone()).isTrue();
        assertThat(look().behind()).extracting(Waiting.Behind::node).containsExactly("b");
    }

    @Test
    void aNodeThatLeavesCountsNoMoreAndIsNamedUnlessItHadAcked() {
        node("g1", "a", "edge");
        node("g1", "b", "edge");
        gateway("g1", 7, 6);
        assertThat(look().isDone()).isFalse();
        left("g1", "a", 6);
        left("g1", "b", 7);
        gateway("g1", 7, 7);

        assertThat(look().isDone()).isTrue();
        assertThat(look().left()).containsExactly("a");
    }

    @Test
    void aNodeThatWentToAnotherGatewayHasNotLeft() {
        node("g1", "a", "edge");
        gateway("g1", 7, 6);
        assertThat(look().isDone()).isFalse();
        left("g1", "a", 6);
        node("g2", "a", "edge");
        gateway("g1", 7, 7);
        gateway("g2", 7, 7);

        assertThat(look().left()).isEmpty();
        assertThat(look().acked()).containsExactly("a");
    }

    @Test
    void aGatewayThatIsSilentForTenSecondsCountsNoMoreAndItsNodesAreNamed() {
        node("g1", "a", "edge");
        gateway("g1", 7, 6);
        gateway("g2", 7, 7);
        assertThat(look().isDone()).isFalse();
        nowMs += Fleet.SILENT_MS - 3;
        gateway("g2", 7, 7);
        assertThat(look().isDone()).isFalse();
        nowMs += 1;
        assertThat(look().isDone()).isTrue();
        assertThat(look().left()).containsExactly("a");
    }

    @Test
    void withoutAnyGatewayNothingIsKnown() {
        assertThat(look().isDone()).isFalse();
        assertThat(look().behind().getFirst().text()).isEqualTo("any gateway: none reports; is one running?");
    }

    @Test
    void aGatewayThatTookItsLeaveCountsNoMore() {
        node("g1", "a", "edge");
        gateway("g1", 7, 6);
        gateway("g2", 7, 7);
        assertThat(look().isDone()).isFalse();
        put(RecordKeys.gateway("g1"), null, true);
        put(RecordKeys.node("g1", "a"), null, true);
        assertThat(look().isDone()).isTrue();
        assertThat(look().left()).containsExactly("a");
    }

    @Test
    void whatAFormerRunOfAGatewayLeftIsNoConnection() {
        NodeReport former =
                report("old", "edge").toBuilder().setIncarnation("run 0").build();
        put(RecordKeys.node("g1", "old"), FleetRecord.newBuilder().setNode(former), false);
        gateway("g1", 7, 7);
        assertThat(look().acked()).isEmpty();
        assertThat(look().left()).isEmpty();
    }

    private Standing look() {
        return waiting.look(fleet, nowMs);
    }

    private static Target target(@Nullable String group) {
        return new Target("default", group, Offsets.of(LogPosition.ofRevision(7), MESH));
    }

    private void node(String gateway, String node, String group) {
        put(RecordKeys.node(gateway, node), FleetRecord.newBuilder().setNode(report(node, group)), true);
    }

    private void left(String gateway, String node, long acked) {
        NodeReport report = report(node, "edge").toBuilder()
                .setConnected(false)
                .addAcked(revision(acked))
                .build();
        put(RecordKeys.node(gateway, node), FleetRecord.newBuilder().setNode(report), true);
    }

    private void gateway(String gateway, long view, long watermark, Laggard... laggards) {
        FleetRecord.Builder record = report(view, watermark);
        record.getGatewayBuilder().addAllLaggards(List.of(laggards));
        put(RecordKeys.gateway(gateway), record, true);
    }

    private static FleetRecord.Builder report(long view, long watermark) {
        return FleetRecord.newBuilder()
                .setGateway(GatewayReport.newBuilder()
                        .setIncarnation("run 1")
                        .addView(revision(view))
                        .addWatermark(revision(watermark)));
    }

    private static NodeReport report(String node, String group) {
        return NodeReport.newBuilder()
                .setMesh("default")
                .setNode(node)
                .setGroup(group)
                .setConnected(true)
                .setIncarnation("run 1")
                .build();
    }

    private static Laggard laggard(String node, String group, long acked) {
        return Laggard.newBuilder()
                .setMesh("default")
                .setNode(node)
                .setGroup(group)
                .addAcked(revision(acked))
                .build();
    }

    private static Position revision(long offset) {
        return Position.newBuilder()
                .setInput(Position.Input.CONFIG)
                .setPartition(MESH)
                .setOffset(offset)
                .build();
    }

    private void put(String key, FleetRecord.@Nullable Builder value, boolean live) {
        fleet.record(
                new ConsumerRecord<>(
                        "fleet",
                        0,
                        0,
                        ++nowMs,
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        0,
                        key.getBytes(UTF_8),
                        value == null ? null : value.build().toByteArray(),
                        new RecordHeaders(),
                        Optional.empty()),
                live);
    }
}
