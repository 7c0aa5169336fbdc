package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.cli.e2e.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults of every part of the system, on one world of processes. */
class FaultsIT {
    private static final int CHANGES = 1000;
    private static final Duration PACE = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(FaultsIT.class);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path root;

    private static ProcessWorld world;

    @BeforeAll
    static void start() throws IOException {
        world = ProcessWorld.start(root);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /**
     * Five seeds kill everything at least once. {@code -Dfault-seeds=200} does more, {@code -Dfirst-seed=101} beside it goes on
     * where another run ended, and {@code -Dseed=7} does one.
     */
    @Test
    void whateverIsKilledInTheMiddleOfChangesNothingIsLostAndRequestsAreServed() throws Exception {
        long first = Long.getLong("seed", Long.getLong("first-seed", 1));
        long last = Long.getLong("seed") == null ? Long.getLong("fault-seeds", 5) : first;
        for (long seed = first; seed <= last; seed++) {
            killsOf(seed);
        }
    }

    /** {@code -Doutage-seconds=60} is the full minute. */
    @Test
    void withoutABrokerGatewaysServeOnAndAllCatchesUpLater() throws Exception {
        new BrokerOutage(world).lasts(Integer.getInteger("outage-seconds", 20));
    }

    @Test
    void noEnvoyNoticesThatResourcesWasDeleted() throws Exception {
        new Rebuilds(world).ofADeletedOutput();
    }

    @Test
    void noEnvoyNoticesThatTheTranslatorsStoresWereWiped() throws Exception {
        new Rebuilds(world).ofWipedStores();
    }

    @Test
    void noEnvoyNoticesATranslatorOfAnotherCode() throws Exception {
        new Rebuilds(world).byAnotherCode();
    }

    @Test
    void aServiceMovesToAnotherProtocolAndBackAHundredTimesAndNoRequestFails() throws Exception {
        new ProtocolMoves(world).backAndForth(100);
    }

    @Test
    void aConnectorPublishesDifferencesAndIsFencedAndRemovesNothingForAnEmptySource() throws Exception {
        new ConnectorRuns(world).oneAfterTheOther();
    }

    private static void killsOf(long seed) throws IOException {
        Random random = new Random(seed);
        Victim[] victims = Victim.values();
        Kill[] kills = {
            new Kill(victims[(int) (seed % victims.length)], random.nextInt(CHANGES)),
            new Kill(victims[(int) ((seed + 3 + seed / victims.length) % victims.length)], random.nextInt(CHANGES))
        };
        String what = "seed " + seed + ", " + List.of(kills);
        Churn churn = new Churn(world, random);
        long begun = System.nanoTime();
        Load load = Load.paced(world.targets(), PACE, answer -> answer.statusCode() == 200);
        try (load) {
            for (int change = 0; change < CHANGES; change++) {
                for (Kill kill : kills) {
                    if (kill.at() == change) {
                        kill.victim().in(world, random).forEach(Part::kill);
                        world.all().stream().filter(part -> !part.isAlive()).forEach(Part::start);
                    }
                }
                churn.next(seed + "-" + change);
            }
            long said = System.nanoTime();
            world.awaitWhole(what);
            assertThat(world.all()).as(what).allMatch(Part::isAlive);
            LOG.atInfo()
                    .addKeyValue("run", what)
                    .addKeyValue("saidMs", (said - begun) / 1_000_000)
                    .addKeyValue("wholeMs", (System.nanoTime() - said) / 1_000_000)
                    .addKeyValue("requests", load.answered())
                    .addKeyValue("failed", load.failures().size())
                    .log("killed and whole again");
        }
        assertThat(load.failures())
                .as("%s, of %d requests", what, load.answered())
                .isEmpty();
        assertThat(load.answered()).isPositive();
    }

    private record Kill(Victim victim, int at) {}
}
