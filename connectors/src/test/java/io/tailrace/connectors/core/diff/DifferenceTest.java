package io.tailrace.connectors.core.diff;

import static io.tailrace.connectors.testing.Snapshots.objects;
import static io.tailrace.connectors.testing.Snapshots.service;
import static io.tailrace.connectors.testing.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final SourceObject A1 = service("a", 1);
    private static final SourceObject A2 = service("a", 2);
    private static final SourceObject B1 = service("b", 1);

    @Test
    void whatTheLogLacksAppearsAndWhatDiffersIsChangedAndWhatTheSourceLacksVanishes() {
        Map<ObjectKey, Long> own = hashes(A1, service("gone", 1));

        Changes changes = Difference.between(own, Map.of(), snapshot(A2, B1), false);

        assertThat(changes.appearing()).containsExactly(B1);
        assertThat(changes.changed()).containsExactly(A2);
        assertThat(changes.vanished()).containsExactly(service("gone", 1).key());
        assertThat(changes.withheld()).isEmpty();
    }

    @Test
    void whatStandsOnTheLogAlreadyIsNotPublishedAgain() {
        Changes changes = Difference.between(hashes(A1, B1), Map.of(), snapshot(A1, B1), false);

        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void everythingIsSortedByKey() {
        SourceObject[] objects = {service("c", 1), service("a", 1), service("b", 1)};

        Changes appearing = Difference.between(Map.of(), Map.of(), snapshot(objects), false);
        Changes vanished = Difference.between(hashes(objects), Map.of(), Snapshot.EMPTY, true);

        assertThat(appearing.appearing())
                .extracting(object -> object.key().name())
                .containsExactly("a", "b", "c");
        assertThat(vanished.vanished()).extracting(ObjectKey::name).containsExactly("a", "b", "c");
    }

    @Test
    void whatAnotherSourceWroteOverStaysAsThatOneWantsIt() {
        Changes changes = Difference.between(hashes(B1), hashes(A1, B1), snapshot(A1, B1), false);

        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.yielded()).containsExactly(A1.key());
    }

    @Test
    void whatAnotherSourceWroteOverIsTakenBackWhenOurValueChanges() {
        Changes changes = Difference.between(hashes(B1), hashes(A1, B1), snapshot(A2, B1), false);

        assertThat(changes.appearing()).containsExactly(A2);
    }

    @Test
    void whatAnotherSourceWroteOverIsTakenBackAtOurStart() {
        Changes changes = Difference.between(hashes(B1), Map.of(), snapshot(A1, B1), false);

        assertThat(changes.appearing()).containsExactly(A1);
    }

    @Test
    void whatAnotherSourceWroteOverIsNotRemovedWhenOursVanishes() {
        Changes changes = Difference.between(hashes(B1), hashes(A1, B1), snapshot(B1), false);

        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void ourObjectWithAnotherValueUnderOurNameIsRestored() {
        Changes changes = Difference.between(hashes(A2), hashes(A1), snapshot(A1), false);

        assertThat(changes.changed()).containsExactly(A1);
    }

    @Test
    void anIncompleteSourceAddsAndChangesButRemovesNothing() {
        Snapshot desired = new Snapshot(objects(A2), Set.of(), Optional.of("b.yaml could not be read"), 1);

        Changes changes = Difference.between(hashes(A1, B1), Map.of(), desired, true);

        assertThat(changes.changed()).containsExactly(A2);
        assertThat(changes.vanished()).isEmpty();
        assertThat(changes.withheld()).contains(new Changes.Incomplete("b.yaml could not be read", 1));
    }

    @Test
    void whatTheSourceNamesButCannotGiveStays() {
        Snapshot desired = new Snapshot(objects(B1), Set.of(A1.key()), Optional.empty(), 1);

        Changes changes = Difference.between(hashes(A1, B1), Map.of(), desired, true);

        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.withheld()).isEmpty();
    }

    @Test
    void aSourceThatSuddenlyHasNothingRemovesNothing() {
        Changes changes = Difference.between(hashes(A1, B1), hashes(A1, B1), Snapshot.EMPTY, false);

        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.withheld()).contains(new Changes.SuddenlyEmpty(2));
    }

    @Test
    void aSourceThatMayBeEmptyRemovesEverything() {
        Changes changes = Difference.between(hashes(A1, B1), hashes(A1, B1), Snapshot.EMPTY, true);

        assertThat(changes.vanished()).containsExactly(A1.key(), B1.key());
    }

    private static Map<ObjectKey, Long> hashes(SourceObject... objects) {
        Map<ObjectKey, Long> hashes = new HashMap<>();
        Arrays.stream(objects).forEach(object -> hashes.put(object.key(), object.hash()));
        return hashes;
    }
}
