package io.tailrace.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.NodeReport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FleetSweepTest {
    private static final long HOUR = FleetLedger.FORGET_MS;

    private static byte[] gateway(String incarnation) {
        return FleetRecord.newBuilder()
                .setGateway(GatewayReport.newBuilder().setIncarnation(incarnation))
                .build()
                .toByteArray();
    }

    private static byte[] node(String incarnation) {
        return FleetRecord.newBuilder()
                .setNode(NodeReport.newBuilder().setIncarnation(incarnation))
                .build()
                .toByteArray();
    }

    @Test
    void whatAFormerRunOfTheSameGatewayLeftGoes() {
        FleetSweep sweep = new FleetSweep("g1", "new");
        sweep.record("g1", gateway("new"), 100);
        sweep.record("g1/a", node("old"), 50);
        sweep.record("g1/b", node("new"), 100);
        sweep.record("g1/c", node("old"), 40);
        sweep.record("g1/c", null, 41);
        assertThat(sweep.dead(101)).containsExactly("g1/a");
    }

    @Test
    void whatAGatewayThatIsSilentForAnHourLeftGoes() {
        FleetSweep sweep = new FleetSweep("g1", "new");
        sweep.record("g2", gateway("x"), 100);
        sweep.record("g2/a", node("x"), 0);
        sweep.record("g3/a", node("y"), 0);
        assertThat(sweep.dead(HOUR)).containsExactly("g3/a");
        assertThat(sweep.dead(HOUR + 100)).containsExactly("g2", "g2/a", "g3/a");
    }

    @Test
    void whatCannotBeReadIsLeftAlone() {
        FleetSweep sweep = new FleetSweep("g1", "new");
        sweep.record("g1/a", "\u0001garbage".getBytes(StandardCharsets.UTF_8), 0);
        sweep.record("a/b/c", node("old"), 0);
        assertThat(sweep.dead(2 * HOUR)).isEmpty();
    }
}
