package io.tailrace.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of names that are small in the ways that a stream needs. */
class NameSetsTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @Test
    void itIsASetOfNamesInTheirOrderWhateverIsDoneToIt() {
        Random random = new Random(1);
        for (Set<String> names : List.<Set<String>>of(new FewNames(), new NameSet(new NameTables(), "t"))) {
            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < 10_000; i++) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                switch (random.nextInt(10)) {
                    case 0 -> {
                        names.clear();
                        expected.clear();
                    }
                    case 1, 2, 3, 4 -> assertThat(names.add(name)).isEqualTo(expected.add(name));
                    default -> assertThat(names.remove(name)).isEqualTo(expected.remove(name));
                }
                assertThat(names.isEmpty()).isEqualTo(expected.isEmpty());
                assertThat(names).hasSameSizeAs(expected).hasSameElementsAs(expected);
                assertThat(NAMES).allMatch(each -> names.contains(each) == expected.contains(each));
            }
        }
    }

    @Test
    void aNameIsTakenAwayWhileGoingThrough() {
        for (List<String> all : List.of(List.of("a"), NAMES)) {
            FewNames names = new FewNames();
            names.addAll(all);
            assertThat(names).containsExactlyElementsOf(all);
            names.removeIf("a"::equals);
            assertThat(names).doesNotContain("a").hasSize(all.size() - 1);
        }
    }

    @Test
    void aTypeIsKnownAsLongAsSomebodyNamesSomethingOfIt() {
        NameTables tables = new NameTables();
        NameSet one = new NameSet(tables, "t");
        NameSet other = new NameSet(tables, "t");
        one.add("a");
        other.addAll(List.of("a", "b"));
        one.remove("a");
        assertThat(other).containsExactlyInAnyOrder("a", "b");
        assertThat(tables.isEmpty()).isFalse();
        other.clear();
        assertThat(tables.isEmpty()).isTrue();
        one.add("c");
        assertThat(one).containsExactly("c");
    }
}
