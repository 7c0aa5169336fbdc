package io.tailrace.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.log.v1.FleetRecord;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final FleetLedger.Write OLD = new FleetLedger.Write("g/a", FleetRecord.getDefaultInstance());
    private static final FleetLedger.Write NEW = new FleetLedger.Write("g/a", null);

    private final Outbox outbox = new Outbox("g");

    @Test
    void aNewerValueReplacesOneThatHasNotGone() {
        outbox.add(OLD);
        outbox.add(NEW);
        assertThat(outbox.next()).contains(NEW);
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void aNewerValueWaitsForTheOneUnderWay() {
        outbox.add(OLD);
        assertThat(outbox.next()).contains(OLD);
        outbox.add(NEW);
        assertThat(outbox.next()).isEmpty();
        outbox.sent(OLD);
        assertThat(outbox.next()).contains(NEW);
    }

    @Test
    void whatFailedIsSentAgainUnlessSomethingNewerIs() {
        outbox.add(OLD);
        assertThat(outbox.next()).contains(OLD);
        outbox.failed(OLD);
        assertThat(outbox.next()).contains(OLD);
        outbox.add(NEW);
        outbox.failed(OLD);
        assertThat(outbox.next()).contains(NEW);
        outbox.sent(NEW);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void theGatewaysOwnRecordGoesWhenKafkaHasAllOthers() {
        FleetLedger.Write own = new FleetLedger.Write("g", FleetRecord.getDefaultInstance());
        outbox.add(own);
        outbox.add(OLD);
        assertThat(outbox.next()).contains(OLD);
        assertThat(outbox.next()).isEmpty();
        outbox.sent(OLD);
        assertThat(outbox.next()).contains(own);
    }

    @Test
    void itsFarewellWaitsForNobody() {
        FleetLedger.Write farewell = new FleetLedger.Write("g", null);
        outbox.add(OLD);
        outbox.add(farewell);
        assertThat(outbox.next()).contains(OLD);
        assertThat(outbox.next()).contains(farewell);
    }
}
