package io.tailrace.translator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.MemoryState;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupListsTest {
    private final MemoryState state = new MemoryState();

    @Test
    void aNameMoreInALargeGroupWritesAFewKilobytes() {
        SortedSet<ListEntry> entries = entries(10_000);
        write(entries);

        entries.add(entry(10_000));
        Change change = write(entries);

        assertThat(change.output()).hasSize(1);
        assertThat(change.output().getFirst().value()).hasSizeLessThan(12_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 33, 256, 257, 1_000})
    void whatStandsIsTheListWhateverItWasBefore(int size) {
        for (int before : List.of(0, 20, 100, 500)) {
            write(entries(before));

            write(entries(size));

            SortedSet<ListEntry> standing = new TreeSet<>();
            state.forEachStanding(
                    Topic.RESOURCES, "mesh/group/", (key, value) -> standing.addAll(GroupLists.entries(value)));
            assertThat(standing).isEqualTo(entries(size));
        }
    }

    private Change write(SortedSet<ListEntry> entries) {
        ChangeBuilder builder = new ChangeBuilder();
        GroupLists.write(state, "mesh", "group", entries, builder);
        Change change = builder.build();
        state.write(change);
        return change;
    }

    private static SortedSet<ListEntry> entries(int size) {
        SortedSet<ListEntry> entries = new TreeSet<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry(i));
        }
        return entries;
    }

    private static ListEntry entry(int i) {
        return new ListEntry(new ResourceName(ResourceTypes.CLUSTER, "some-namespace/a-service-" + i + "/8080"), "");
    }
}
