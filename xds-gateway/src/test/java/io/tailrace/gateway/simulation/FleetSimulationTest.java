package io.tailrace.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Nodes of several groups and meshes at several gateways, which lag, restart and read anew, with Kafka there and away:
 * whatever happens in whatever order, no stream breaks a rule, no node goes back in time, and in the end each has just
 * what the log has for it. `-Dseeds=2000` tries more, `-Dseed` repeats one.
 */
class FleetSimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 200);

    @Test
    void everyNodeEndsWithTheTruthAndNeverGoesBackInTime() {
        Long one = Long.getLong("seed");
        AtomicInteger waited = new AtomicInteger();
        LongStream seeds = one == null ? LongStream.range(0, SEEDS) : LongStream.of(one);
        seeds.forEach(seed -> {
            try {
                Fleet fleet = new Fleet(seed);
                fleet.run();
                waited.addAndGet(fleet.hasWaited() ? 1 : 0);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
            }
        });
        if (one == null) {
            assertThat(waited)
                    .as("fleets of which a stream waited for its turn")
                    .hasPositiveValue();
        }
    }
}
