package io.tailrace.gateway.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Two translators' lanes from one seed, read at different speeds and cut into batches anywhere: every published view is
 * whole, and in the end it is what a naive reading of both topics gives.
 */
class FoldSimulationTest {
    private static final int SERVICES = 4;
    private static final int CHANGES = 40;

    /** What both lanes wrote, and what is in force after all of it. */
    private static final class Log {
        final List<TopicRecords.Row> resources = new ArrayList<>();
        final List<TopicRecords.Row> assignments = new ArrayList<>();
        /** By service, the load assignment that its cluster refers to. */
        final Map<String, String> clusters = new TreeMap<>();

        final Map<String, String> liveAssignments = new TreeMap<>();
        private final Random random;
        private long sequence;
        private long offset;

        Log(Random random) {
            this.random = random;
            resources.add(TopicRecords.marker(sequence++, -1));
            assignments.add(TopicRecords.passed(0, -1));
            for (int i = 0; i < CHANGES; i++) {
                change(i);
            }
            assignments.add(TopicRecords.passed(1, offset));
        }

        private void change(long revision) {
            int touched = 1 + random.nextInt(2);
            for (int i = 0; i < touched; i++) {
                String service = "s" + random.nextInt(SERVICES);
                if (random.nextInt(4) == 0) {
                    remove(service);
                } else {
                    put(service, revision);
                }
            }
            resources.add(TopicRecords.marker(sequence++, revision));
        }

        private void put(String service, long revision) {
            String policy = service + "~" + random.nextInt(3);
            String old = clusters.get(service);
            resources.add(TopicRecords.cluster("default", service, policy, revision, policy));
            clusters.put(service, policy);
            if (old != null && !old.equals(policy)) {
                assignments.add(TopicRecords.noAssignment("default", old));
                liveAssignments.remove(old);
            }
            String hosts = "hosts " + random.nextInt(5);
            liveAssignments.put(policy, hosts);
            assignments.add(TopicRecords.assignment("default", policy, ByteString.copyFromUtf8(hosts), offset++, 0));
        }

        private void remove(String service) {
            String policy = clusters.remove(service);
            resources.add(TopicRecords.noBody("default", Types.CLUSTER, service));
            if (policy != null) {
                liveAssignments.remove(policy);
                assignments.add(TopicRecords.noAssignment("default", policy));
            }
        }
    }

    @Test
    void everyPublishedViewIsWholeAndTheLastIsWhatTheLogSays() {
        Long only = Long.getLong("seed");
        LongStream seeds = only == null ? LongStream.range(0, 200) : LongStream.of(only);
        seeds.forEach(seed -> {
            try {
                simulate(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
        });
    }

    private static void simulate(long seed) {
        Random random = new Random(seed);
        Log log = new Log(random);
        FoldHarness gateway = read(log, random);
        assertThat(gateway.late).as("nothing was applied late").isEmpty();
        assertThat(clusters(gateway.view)).isEqualTo(log.clusters);
        assertThat(gateway.revision()).isEqualTo(CHANGES - 1);
        log.liveAssignments.forEach((name, hosts) -> assertThat(
                        gateway.view.body("default", BodyKey.shared(new ResourceName(Types.ASSIGNMENT, name))))
                .as(name)
                .isNotNull());
    }

    /** Hands over some records of either topic, again and again; which, and where batches end, is chance. */
    private static FoldHarness read(Log log, Random random) {
        FoldHarness gateway = new FoldHarness();
        int resources = 0;
        int assignments = 0;
        int boot = random.nextInt(log.resources.size());
        int resourcesAtMost = 2 + random.nextInt(4);
        int assignmentsAtMost = 2 + random.nextInt(4);
        while (resources < log.resources.size() || assignments < log.assignments.size()) {
            for (int i = random.nextInt(resourcesAtMost); i > 0 && resources < log.resources.size(); i--) {
                gateway.resources(log.resources.get(resources++));
            }
            for (int i = random.nextInt(assignmentsAtMost); i > 0 && assignments < log.assignments.size(); i--) {
                gateway.assignments(log.assignments.get(assignments++));
            }
            if (resources >= boot) {
                gateway.fold.caughtUp();
            }
            if (gateway.batchAfter(1)) {
                assertWhole(gateway.view);
            }
        }
        gateway.fold.caughtUp();
        gateway.batch();
        return gateway;
    }

    private static void assertWhole(View view) {
        for (int i = 0; i < SERVICES; i++) {
            var cluster = view.body("default", BodyKey.shared(new ResourceName(Types.CLUSTER, "s" + i)));
            if (cluster != null) {
                for (ResourceName ref : cluster.refs()) {
                    if (!view.has("default", ref)) {
                        throw new AssertionError(ref + " of " + cluster + " is missing");
                    }
                }
            }
        }
    }

    private static Map<String, String> clusters(View view) {
        Map<String, String> refs = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            var cluster = view.body("default", BodyKey.shared(new ResourceName(Types.CLUSTER, "s" + i)));
            if (cluster != null) {
                refs.put("s" + i, cluster.refs().getFirst().name());
            }
        }
        return refs;
    }

    @Test
    void theSameRecordsCutIntoBatchesAnywhereGiveTheSameView() {
        Log log = new Log(new Random(4711));
        List<TopicRecords.Row> rows = new ArrayList<>(log.resources);
        FoldHarness whole = new FoldHarness();
        whole.assignments(log.assignments.toArray(TopicRecords.Row[]::new));
        whole.resources(rows.toArray(TopicRecords.Row[]::new));
        whole.fold.caughtUp();
        whole.batch();
        for (int cut = 0; cut <= rows.size(); cut++) {
            for (boolean running : new boolean[] {false, true}) {
                FoldHarness cutInTwo = new FoldHarness();
                cutInTwo.resources(rows.subList(0, cut).toArray(TopicRecords.Row[]::new));
                cutInTwo.assignments(log.assignments.toArray(TopicRecords.Row[]::new));
                if (running) {
                    cutInTwo.fold.caughtUp();
                }
                cutInTwo.batch();
                cutInTwo.resources(rows.subList(cut, rows.size()).toArray(TopicRecords.Row[]::new));
                cutInTwo.fold.caughtUp();
                // A first half may refer to a load assignment that was gone when the second was written.
                cutInTwo.batchAfter(Fold.PATIENCE_MS);
                cutInTwo.batchAfter(Fold.PATIENCE_MS);
                assertThat(ViewChange.between(whole.view, cutInTwo.view).isEmpty())
                        .as("cut at %d, running %s", cut, running)
                        .isTrue();
                assertThat(cutInTwo.view.positions()).isEqualTo(whole.view.positions());
            }
        }
    }
}
