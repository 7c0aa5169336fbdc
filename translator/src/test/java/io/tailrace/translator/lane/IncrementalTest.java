package io.tailrace.translator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * After any events, in any interleaving of the lanes and with restarts in between, what stands is what translating the
 * final state afresh gives; and a rebuild then finds nothing to write. Run one case with {@code -Dseed=42}.
 */
class IncrementalTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 50;

    @Test
    void incrementalEqualsFromScratch() {
        String only = System.getProperty("seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS) : LongStream.of(Long.parseLong(only));
        seeds.forEach(seed -> {
            try {
                run(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("failed with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        });
    }

    private static void run(Random random) {
        BothLanes lanes = new BothLanes();
        RandomObjects objects = new RandomObjects(random);
        List<ObjectKey> known = new ArrayList<>();
        List<ObjectKey> rejected = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> {
                    if (!known.isEmpty()) {
                        ObjectKey key = known.get(random.nextInt(known.size()));
                        lanes.event(key, null);
                        rejected.remove(key);
                    }
                }
                case 3 -> {
                    if (!known.isEmpty()) {
                        ObjectKey key = known.get(random.nextInt(known.size()));
                        lanes.broken(key);
                        rejected.add(key);
                    }
                }
                case 4, 5, 6, 7 -> lanes.policy();
                case 8 -> lanes.restart();
                case 9, 10 -> lanes.settle();
                default -> {
                    Message object = random.nextInt(3) == 0 ? objects.endpoint() : objects.config();
                    ObjectKey key = ObjectKey.of(object);
                    lanes.event(key, object);
                    known.add(key);
                    rejected.removeIf(key::equals);
                }
            }
        }
        lanes.allPolicies();
        lanes.settle();
        MeshTranslation expected = new Snapshot(lanes.objects(), new TreeMap<>()).translate();
        SortedMap<String, byte[]> resources = lanes.configState().standing(Topic.RESOURCES);
        assertThat(Outputs.bodies(resources)).isEqualTo(Outputs.bodies(expected));
        assertThat(Outputs.lists(resources)).isEqualTo(Outputs.lists(expected));
        assertThat(statuses(lanes, rejected)).isEqualTo(statuses(expected, rejected));
        assertThat(Outputs.assignments(lanes.endpointState().standing(Topic.ASSIGNMENTS)))
                .isEqualTo(Outputs.assignments(expected, lanes.endpoints()));
        assertThat(lanes.rebuildConfig().output()).isEmpty();
        assertThat(lanes.rebuildEndpoints().output()).isEmpty();
        assertThat(lanes.rereadConfig().output()).isEmpty();
        assertThat(lanes.rereadEndpoints().output()).isEmpty();
    }

    /** Of what has a newest record that can be used: the others' say more than the translation does. */
    private static SortedMap<String, ObjectStatus> statuses(BothLanes lanes, List<ObjectKey> rejected) {
        SortedMap<String, ObjectStatus> statuses = new TreeMap<>();
        lanes.configState().standing(Topic.STATUS).forEach((key, value) -> {
            if (!rejected.contains(ObjectKey.parse(key))) {
                statuses.put(key, status(value));
            }
        });
        return statuses;
    }

    private static SortedMap<String, ObjectStatus> statuses(MeshTranslation expected, List<ObjectKey> rejected) {
        SortedMap<String, ObjectStatus> statuses = new TreeMap<>();
        expected.statuses().forEach((ConfigKey key, ObjectStatus status) -> {
            if (!rejected.contains(key)) {
                statuses.put(key.text(), status);
            }
        });
        return statuses;
    }

    private static ObjectStatus status(byte[] value) {
        try {
            return ObjectStatus.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
