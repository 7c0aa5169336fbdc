package io.tailrace.gateway.tail;

import static io.tailrace.gateway.tail.TopicRecords.assignment;
import static io.tailrace.gateway.tail.TopicRecords.body;
import static io.tailrace.gateway.tail.TopicRecords.cluster;
import static io.tailrace.gateway.tail.TopicRecords.marker;
import static io.tailrace.gateway.tail.TopicRecords.noAssignment;
import static io.tailrace.gateway.tail.TopicRecords.noBody;
import static io.tailrace.gateway.tail.TopicRecords.passed;
import static io.tailrace.gateway.tail.TopicRecords.toAssignment;
import static io.tailrace.gateway.tail.TopicRecords.toSecret;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tailrace.gateway.view.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final String M = "default";

    @Test
    void halfAChangeIsNotSeen() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "hosts")).resources(cluster(M, "a", "one", 7, "a~1"));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNull();

        gateway.resources(marker(1, 7));
        assertThat(gateway.batch()).isTrue();
        assertThat(gateway.cluster("a")).startsWith("c7-");
        assertThat(gateway.revision()).isEqualTo(7);
    }

    @Test
    void aChangeWaitsForTheLoadAssignmentThatItRefersTo() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        assertThat(gateway.batch()).isFalse();
        assertThat(gateway.fold.waiting()).isEqualTo(1);

        gateway.assignments(assignment(M, "b~1", "hosts"));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNull();
        assertThat(gateway.revision()).isEqualTo(-1);

        gateway.assignments(assignment(M, "a~1", "hosts"));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNotNull();
        assertThat(gateway.revision()).isEqualTo(7);
        assertThat(gateway.late).isEmpty();
    }

    @Test
    void aChangeThatWaitsHoldsBackThoseBehindItButNotReadingAndNotLoadAssignments() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "b~1", "one"));
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.resources(cluster(M, "b", "one", 8, "b~1"), marker(2, 8));
        gateway.assignments(assignment(M, "b~1", "two"), passed(1, 40));
        gateway.batch();
        assertThat(gateway.cluster("b")).isNull();
        assertThat(gateway.assignment("b~1")).isNotNull();
        assertThat(gateway.endpointsOffset()).isEqualTo(40);

        gateway.assignments(assignment(M, "a~1", "hosts"));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNotNull();
        assertThat(gateway.cluster("b")).isNotNull();
        assertThat(gateway.revision()).isEqualTo(8);
    }

    @Test
    void aMeshDoesNotWaitForAnother() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(cluster("other", "a", "one", 7, "a~1"), marker(1, 7));
        gateway.assignments(assignment(M, "b~1", "one")).resources(cluster(M, "b", "one", 8, "b~1"), marker(2, 8));
        gateway.batch();
        assertThat(gateway.cluster("b")).isNotNull();
        // The position is that of the whole partition.
        assertThat(gateway.revision()).isEqualTo(-1);

        gateway.assignments(assignment("other", "a~1", "one"));
        gateway.batch();
        assertThat(gateway.revision()).isEqualTo(8);
    }

    @Test
    void afterFifteenSecondsAChangeIsAppliedAllTheSameAndReported() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batch();
        assertThat(gateway.batchAfter(14_999)).isFalse();
        assertThat(gateway.batchAfter(1)).isTrue();
        assertThat(gateway.cluster("a")).isNotNull();
        assertThat(gateway.assignment("a~1")).isNull();
        assertThat(gateway.late).containsExactly("1 lacks a~1");
        assertThat(gateway.revision()).isEqualTo(7);
    }

    @Test
    void eachChangeHasItsOwnFifteenSeconds() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batchAfter(10_000);
        gateway.resources(cluster(M, "b", "one", 8, "b~1"), marker(2, 8));
        gateway.batchAfter(5_000);
        assertThat(gateway.cluster("a")).isNotNull();
        assertThat(gateway.cluster("b")).isNull();
        gateway.batchAfter(10_000);
        assertThat(gateway.cluster("b")).isNotNull();
        assertThat(gateway.late).containsExactly("1 lacks a~1", "2 lacks b~1");
    }

    @Test
    void aChangeWhoseNeedIsGoneFromTheLogIsAppliedTogetherWithTheOneThatNeedsItNoMore() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one"), noAssignment(M, "a~1"));
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batch();
        gateway.resources(noBody(M, Types.CLUSTER, "a"), marker(2, 8));
        gateway.batch();
        assertThat(gateway.revision()).isEqualTo(8);
        assertThat(gateway.cluster("a")).isNull();
        assertThat(gateway.assignment("a~1")).isNull();
        assertThat(gateway.late).isEmpty();
    }

    @Test
    void theFirstOfTwoWaitingChangesIsAppliedAloneOnceItIsComplete() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.resources(cluster(M, "a", "two", 8, "a~2"), marker(2, 8));
        gateway.batch();
        gateway.assignments(assignment(M, "a~1", "one"));
        gateway.batch();
        assertThat(gateway.cluster("a")).startsWith("c7-");
        gateway.assignments(assignment(M, "a~2", "one"));
        gateway.batch();
        assertThat(gateway.cluster("a")).startsWith("c8-");
    }

    @Test
    void whatARawResourceRefersToIsNotWaitedFor() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(
                body(M, Types.CLUSTER, "a", ByteString.EMPTY, 7, true, List.of(toAssignment("nowhere"))), marker(1, 7));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNotNull();
    }

    @Test
    void aSecretIsWaitedForUnlessTheSameChangeBringsIt() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(body(M, Types.LISTENER, "l", ByteString.EMPTY, 7, toSecret("cert")), marker(1, 7));
        assertThat(gateway.batch()).isFalse();
        gateway.resources(body(M, Types.SECRET, "cert", ByteString.EMPTY, 8), marker(2, 8));
        gateway.batch();
        assertThat(gateway.revision()).isEqualTo(8);
        assertThat(gateway.late).isEmpty();
    }

    @Test
    void aRemovedLoadAssignmentStaysWhileSomethingRefersToIt() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one")).resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batch();
        gateway.assignments(noAssignment(M, "a~1"));
        gateway.batch();
        assertThat(gateway.assignment("a~1")).isNotNull();
        gateway.assignments(assignment(M, "a~2", "one")).resources(cluster(M, "a", "two", 8, "a~2"), marker(2, 8));
        gateway.batch();
        assertThat(gateway.assignment("a~1")).isNull();
    }

    @Test
    void aRemovalToComeIsCancelledWhenTheLoadAssignmentComesBack() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one")).resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batch();
        gateway.assignments(noAssignment(M, "a~1"), assignment(M, "a~1", "two"), assignment(M, "a~2", "one"));
        gateway.resources(cluster(M, "a", "two", 8, "a~2"), marker(2, 8));
        gateway.batch();
        assertThat(gateway.assignment("a~1")).isNotNull();
    }

    @Test
    void aLoadAssignmentThatAWaitingChangeRefersToStaysThoughItIsRemovedMeanwhile() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one"));
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), cluster(M, "b", "one", 7, "b~1"), marker(1, 7));
        gateway.batch();
        gateway.assignments(noAssignment(M, "a~1"));
        gateway.batch();
        gateway.assignments(assignment(M, "b~1", "one"));
        gateway.batch();
        assertThat(gateway.cluster("a")).isNotNull();
        assertThat(gateway.assignment("a~1")).isNotNull();
    }

    @Test
    void aMarkerThatComesAgainOrLateIsIgnoredWithWhatItCloses() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one")).resources(cluster(M, "a", "two", 8, "a~1"), marker(2, 8));
        gateway.batch();
        gateway.resources(
                cluster(M, "a", "one", 7, "a~1"), marker(1, 7), cluster(M, "a", "one", 7, "a~1"), marker(2, 8));
        gateway.batch();
        assertThat(gateway.cluster("a")).startsWith("c8-");
        assertThat(gateway.revision()).isEqualTo(8);
        assertThat(gateway.ignored).containsExactly(1L, 2L);
    }

    @Test
    void aBareMarkerMovesThePositionAndConcernsNobody() {
        FoldHarness gateway = FoldHarness.running();
        gateway.resources(marker(1, 9)).assignments(passed(1, 55));
        assertThat(gateway.batch()).isTrue();
        assertThat(gateway.revision()).isEqualTo(9);
        assertThat(gateway.endpointsOffset()).isEqualTo(55);
        assertThat(gateway.batch()).isFalse();
    }

    @Test
    void thereIsNoViewBeforeTheEndIsReachedAndEveryPartitionIsKnown() {
        FoldHarness gateway = new FoldHarness(2, 1);
        gateway.resources(marker(0, 3));
        assertThat(gateway.batch()).isFalse();
        gateway.fold.caughtUp();
        assertThat(gateway.batch()).isFalse();
        assertThat(gateway.fold.unknown()).containsExactly("resources-1", "assignments-0");
        gateway.assignments(passed(0, -1));
        gateway.fold.resource(1, "marker", marker(0, 5).value(), gateway.nowMs);
        assertThat(gateway.batch()).isTrue();
    }

    @Test
    void theFirstViewWaitsForWhatIsReferredToForFifteenSecondsAtMost() {
        FoldHarness gateway = new FoldHarness();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(4, 7)).assignments(passed(0, -1));
        gateway.fold.caughtUp();
        assertThat(gateway.batch()).isFalse();
        assertThat(gateway.batchAfter(14_000)).isFalse();
        assertThat(gateway.batchAfter(1_000)).isTrue();
        assertThat(gateway.late).containsExactly("-1 lacks a~1");
    }

    @Test
    void aFirstViewKeepsALoadAssignmentThatWasRemovedBeforeTheClusterThatRefersToItIsRead() {
        FoldHarness gateway = new FoldHarness();
        gateway.assignments(assignment(M, "a~1", "one"), noAssignment(M, "a~1"), passed(0, -1));
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(4, 7));
        gateway.fold.caughtUp();
        assertThat(gateway.batch()).isTrue();
        assertThat(gateway.assignment("a~1")).isNotNull();
    }

    @Test
    void aRecordThatSaysNothingChangesNothing() {
        FoldHarness gateway = FoldHarness.running();
        gateway.assignments(assignment(M, "a~1", "one")).resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        gateway.batch();
        ByteString noise = ByteString.copyFromUtf8("\u0001\u0002garbage");
        String key = cluster(M, "a", "one", 7, "a~1").key();
        gateway.resources(new TopicRecords.Row(key, noise), new TopicRecords.Row("a/b/c/d/e", noise));
        gateway.assignments(new TopicRecords.Row("default/a~1", noise), new TopicRecords.Row("", null));
        gateway.resources(marker(2, 8));
        gateway.batch();
        assertThat(gateway.cluster("a")).startsWith("c7-");
        assertThat(gateway.assignment("a~1")).isNotNull();
        assertThat(gateway.unreadable).hasSize(4);
    }

    @Test
    void aMarkIsHeldOnceAllChangesReadBeforeItAreApplied() {
        FoldHarness gateway = FoldHarness.running();
        Fold.Mark before = gateway.fold.mark();
        gateway.resources(cluster(M, "a", "one", 7, "a~1"), marker(1, 7));
        Fold.Mark after = gateway.fold.mark();
        gateway.batch();
        assertThat(gateway.fold.holds(before)).isTrue();
        assertThat(gateway.fold.holds(after)).isFalse();
        gateway.assignments(assignment(M, "a~1", "one"));
        gateway.batch();
        assertThat(gateway.fold.holds(after)).isTrue();
    }
}
