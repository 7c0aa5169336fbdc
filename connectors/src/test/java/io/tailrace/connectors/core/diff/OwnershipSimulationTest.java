package io.tailrace.connectors.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.connectors.testing.Snapshots;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays a connector, another source and a reader that lags behind, in random orders, on a log that is a list. */
class OwnershipSimulationTest {
    private static final int STEPS = 60;
    private static final int NAMES = 6;

    @TestFactory
    List<DynamicTest> theLogEndsWithWhatTheOwnersWant() {
        long given = Long.getLong("seed", -1);
        LongStream seeds = given >= 0 ? LongStream.of(given) : LongStream.range(0, 300);
        return seeds.mapToObj(seed -> DynamicTest.dynamicTest("-Dseed=" + seed, () -> new World(seed).play()))
                .toList();
    }

    /** @param hash null: a deletion */
    private record Entry(
            ObjectKey key, boolean ours, @Nullable Long hash) {}

    private static final class World {
        private final Random random;
        private final List<Entry> log = new ArrayList<>();
        private Holdings holdings = new Holdings();
        private int read;
        private Map<ObjectKey, Long> asserted = Map.of();
        private Snapshot desired = Snapshot.EMPTY;

        World(long seed) {
            random = new Random(seed);
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(5)) {
                    case 0 -> anotherWrites();
                    case 1 -> readTo(read + random.nextInt(log.size() - read + 1));
                    case 2 -> restart();
                    default -> {
                        desired = randomDesired();
                        publish();
                    }
                }
            }
            caughtUpTheRestIsSilentAndNothingOfOursIsLeftOver();
            whatAnotherWroteIsLeftAloneWhileOursStays();
            aRestartRestoresAll();
        }

        private void caughtUpTheRestIsSilentAndNothingOfOursIsLeftOver() {
            readTo(log.size());
            publish();
            readTo(log.size());
            assertThat(difference().isEmpty()).isTrue();
            newest().forEach((key, entry) -> {
                if (entry.ours() && entry.hash() != null) {
                    assertThat(desired.objects()).containsKey(key);
                    assertThat(desired.objects().get(key))
                            .extracting(SourceObject::hash)
                            .isEqualTo(entry.hash());
                }
            });
        }

        private void whatAnotherWroteIsLeftAloneWhileOursStays() {
            anotherWrites();
            Entry theirs = log.getLast();
            readTo(log.size());
            publish();
            assertThat(newest().get(theirs.key())).isEqualTo(theirs);
        }

        private void aRestartRestoresAll() {
            restart();
            publish();
            Map<ObjectKey, Entry> newest = newest();
            desired.objects()
                    .forEach((key, object) ->
                            assertThat(newest.get(key)).as(key.text()).isEqualTo(new Entry(key, true, object.hash())));
        }

        private void anotherWrites() {
            ObjectKey key = Snapshots.service("s" + random.nextInt(NAMES), 1).key();
            log.add(new Entry(key, false, random.nextBoolean() ? null : -1L));
        }

        private void restart() {
            holdings = new Holdings();
            asserted = Map.of();
            read = 0;
            readTo(log.size());
        }

        private void readTo(int end) {
            for (; read < end; read++) {
                Entry entry = log.get(read);
                if (entry.ours() && entry.hash() != null) {
                    holdings.readOwn(entry.key(), at(read), entry.hash());
                } else {
                    holdings.readOther(entry.key(), at(read));
                }
            }
        }

        private Changes difference() {
            return Difference.between(holdings.own(), asserted, desired, true);
        }

        private void publish() {
            Changes changes = difference();
            changes.appearing().forEach(this::write);
            changes.changed().forEach(this::write);
            changes.vanished().forEach(key -> {
                log.add(new Entry(key, true, null));
                holdings.removed(key, at(log.size() - 1));
            });
            Map<ObjectKey, Long> now = new HashMap<>();
            desired.objects().forEach((key, object) -> now.put(key, object.hash()));
            asserted = now;
        }

        private void write(SourceObject object) {
            log.add(new Entry(object.key(), true, object.hash()));
            holdings.wrote(object.key(), at(log.size() - 1), object.hash());
        }

        private Snapshot randomDesired() {
            List<SourceObject> objects = new ArrayList<>();
            for (int i = 0; i < NAMES; i++) {
                if (random.nextBoolean()) {
                    objects.add(Snapshots.service("s" + i, 1 + random.nextInt(3)));
                }
            }
            return Snapshots.snapshot(objects.toArray(SourceObject[]::new));
        }

        private Map<ObjectKey, Entry> newest() {
            Map<ObjectKey, Entry> newest = new HashMap<>();
            log.forEach(entry -> newest.put(entry.key(), entry));
            return newest;
        }

        private static Place at(long offset) {
            return Place.at("config", 0, offset);
        }
    }
}
