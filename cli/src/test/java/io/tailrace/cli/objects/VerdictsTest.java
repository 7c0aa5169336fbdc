package io.tailrace.cli.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.v1.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A verdict is shown beside the version that it was given on, and no other. */
class VerdictsTest {
    private static final ConfigKey KEY = new ConfigKey("default", Kind.SERVICE, "default", "shop");

    @Test
    void theVerdictOnAnOlderVersionIsNotShown() {
        assertThat(verdict(accepted(5), Map.of(0, 6L), written(7, 7))).isEqualTo("pending");
    }

    @Test
    void theVerdictOnThisVersionIsShown() {
        assertThat(verdict(accepted(7), Map.of(), written(7, 7))).isEqualTo("accepted");
    }

    @Test
    void ofAVersionThatWasWrittenAgainAsItWasTheVerdictStands() {
        assertThat(verdict(accepted(5), Map.of(), written(5, 7))).isEqualTo("accepted");
    }

    @Test
    void ofOneWhoseFirstWritingIsGoneFromTheLogTheMarkersTell() {
        assertThat(verdict(accepted(5), Map.of(0, 7L), written(7, 7))).isEqualTo("accepted");
    }

    @Test
    void theVerdictOnAVersionThatCameAfterTheLogWasReadIsNotShown() {
        assertThat(verdict(accepted(9), Map.of(0, 9L), written(7, 7))).isEqualTo("pending");
    }

    @Test
    void aNewerRecordThatCanNotBeUsedIsToldBesideTheVersionInForce() {
        Condition quarantined = Condition.newBuilder()
                .setType(Condition.Type.Quarantined)
                .setStatus(true)
                .setReason("Invalid")
                .build();
        ObjectStatus status = accepted(9).toBuilder().addConditions(quarantined).build();

        assertThat(verdict(status, Map.of(), written(7, 7))).isEqualTo("problems");
    }

    private static String verdict(ObjectStatus status, Map<Integer, Long> passed, Log.Entry entry) {
        return new Verdicts(Map.of(KEY.text(), status), passed).text(entry);
    }

    private static ObjectStatus accepted(long revision) {
        return ObjectStatus.newBuilder()
                .setRevision(revision)
                .addConditions(
                        Condition.newBuilder().setType(Condition.Type.Accepted).setStatus(true))
                .build();
    }

    private static Log.Entry written(long since, long offset) {
        return new Log.Entry(KEY, Service.getDefaultInstance(), 0, offset, since, "apply");
    }
}
