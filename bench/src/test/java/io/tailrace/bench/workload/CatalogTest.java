package io.tailrace.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog catalog = new Catalog(new Content(60, 10, 10_000));

    @Test
    void tenNamesHaveTenKilobytesAndTheOthersAHundredBytes() {
        List<Integer> sizes = catalog.current().stream()
                .map(edition -> edition.bytes().size())
                .toList();

        assertThat(sizes).hasSize(60);
        assertThat(sizes.subList(0, 10)).allSatisfy(size -> assertThat(size).isBetween(10_000, 10_100));
        assertThat(sizes.subList(10, 60)).allSatisfy(size -> assertThat(size).isBetween(100, 200));
    }

    @Test
    void everyUpdateChangesTheContentOfOneHotNameInTurn() {
        for (int i = 0; i < 300; i++) {
            int[] before = catalog.hashes();

            Edition next = catalog.next();

            int[] after = catalog.hashes();
            assertThat(next.name()).isEqualTo(i % 10);
            assertThat(IntStream.range(0, 60).filter(name -> before[name] != after[name]))
                    .containsExactly(next.name());
        }
    }

    @Test
    void equalEditionsHaveEqualBytes() {
        assertThat(Edition.of(3, 4, 10_000).bytes())
                .isEqualTo(Edition.of(3, 4, 10_000).bytes());
        assertThat(Edition.of(3, 4, 10_000).bytes().size())
                .isEqualTo(Edition.of(3, 5, 10_000).bytes().size());
    }
}
