package io.tailrace.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.gateway.stream.Variant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static Workload spread(int streams, int names, int asked) {
        return new Workload(Variant.DELTA, streams, 1, new Content(names, names, 100), new Asking(asked, true));
    }

    @Test
    void whereAskingIsSpreadEveryNameHasAsManySubscribers() {
        Workload workload = spread(1_000, 1_000, 100);
        int[] subscribers = new int[1_000];

        for (int stream = 0; stream < 1_000; stream++) {
            int[] names = workload.namesOf(stream);
            assertThat(names).isSorted().doesNotHaveDuplicates().hasSize(100);
            Arrays.stream(names).forEach(name -> subscribers[name]++);
        }

        assertThat(subscribers).containsOnly(workload.subscribers());
        assertThat(workload.subscribers()).isEqualTo(100);
    }

    @Test
    void elseAllAskForTheFirstNames() {
        Workload workload = new Workload(Variant.DELTA, 5, 1, new Content(10, 1, 100), new Asking(3, false));

        assertThat(IntStream.range(0, 5).mapToObj(workload::namesOf))
                .allSatisfy(names -> assertThat(names).containsExactly(0, 1, 2));
        assertThat(workload.subscribers()).isEqualTo(5);
    }

    @Test
    void itComesOverToAnotherProcessWhole() {
        Workload workload = spread(7, 12, 5);

        assertThat(Workload.parse(workload.arguments())).isEqualTo(workload);
    }

    @Test
    void nobodyAsksForMoreThanThereIs() {
        assertThatThrownBy(() -> spread(1, 3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no workload: 1 streams of 4 of 3 names over 1 connections");
    }
}
