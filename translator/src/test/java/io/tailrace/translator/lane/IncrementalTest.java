package io.tailrace.translator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Body;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.core.clusters.LoadAssignments;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        assertThat(bodies(lanes)).isEqualTo(bodies(expected));
        assertThat(lists(lanes)).isEqualTo(lists(expected));
        assertThat(statuses(lanes, rejected)).isEqualTo(statuses(expected, rejected));
        assertThat(assignments(lanes)).isEqualTo(assignments(expected, lanes.endpoints()));
        assertThat(lanes.rebuildConfig().output()).isEmpty();
        assertThat(lanes.rebuildEndpoints().output()).isEmpty();
        assertThat(lanes.rereadConfig().output()).isEmpty();
        assertThat(lanes.rereadEndpoints().output()).isEmpty();
    }

    /** What a node or a gateway could tell apart, by key. */
    private static SortedMap<String, String> bodies(BothLanes lanes) {
        SortedMap<String, String> bodies = new TreeMap<>();
        lanes.configState().standing(Topic.RESOURCES).values().forEach(value -> {
            Body body = record(value).getBody();
            if (record(value).hasBody()) {
                String refs = body.getRefsList().stream()
                        .map(ref -> ref.getTypeUrl() + " " + ref.getName())
                        .collect(Collectors.joining(","));
                assertThat(Version.parse(body.getVersion()).contentHash())
                        .isEqualTo(Deterministic.hash16(body.getResource()));
                bodies.put(
                        body.getScope() + "|" + body.getTypeUrl() + "|" + body.getName(),
                        Deterministic.hash16(body.getResource()) + refs + body.getRaw());
            }
        });
        return bodies;
    }

    private static SortedMap<String, String> bodies(MeshTranslation expected) {
        SortedMap<String, String> bodies = new TreeMap<>();
        expected.groups()
                .keySet()
                .forEach(group -> expected.resourcesOf(group).forEach(resource -> {
                    String refs = resource.refs().stream()
                            .map(ref -> ref.typeUrl() + " " + ref.name())
                            .collect(Collectors.joining(","));
                    bodies.put(
                            resource.scope() + "|" + resource.id().typeUrl() + "|"
                                    + resource.id().name(),
                            Deterministic.hash16(resource.bytes()) + refs + resource.raw());
                }));
        return bodies;
    }

    private static SortedMap<String, SortedSet<ListEntry>> lists(BothLanes lanes) {
        SortedMap<String, SortedSet<ListEntry>> lists = new TreeMap<>();
        lanes.configState().standing(Topic.RESOURCES).forEach((key, value) -> {
            ResourceRecord record = record(value);
            String group = key.split("/", -1)[1];
            if (record.hasGroup()) {
                lists.computeIfAbsent(group + " " + record.getGroup().getSelector(), _ -> new TreeSet<>());
            } else if (record.hasList()) {
                record.getList()
                        .getEntriesList()
                        .forEach(entry -> lists.computeIfAbsent(group, _ -> new TreeSet<>())
                                .add(new ListEntry(
                                        new ResourceName(record.getList().getTypeUrl(), entry.getName()),
                                        entry.getScope())));
            }
        });
        return lists;
    }

    private static SortedMap<String, SortedSet<ListEntry>> lists(MeshTranslation expected) {
        SortedMap<String, SortedSet<ListEntry>> lists = new TreeMap<>();
        expected.groups().forEach((name, group) -> {
            lists.put(name + " " + group.group().getSelector(), new TreeSet<>());
            if (!group.translation().entries().isEmpty()) {
                lists.put(name, new TreeSet<>(group.translation().entries()));
            }
        });
        return lists;
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

    private static SortedMap<String, ByteString> assignments(BothLanes lanes) {
        SortedMap<String, ByteString> assignments = new TreeMap<>();
        lanes.endpointState().standing(Topic.ASSIGNMENTS).values().forEach(value -> {
            try {
                AssignmentRecord record = AssignmentRecord.parseFrom(value);
                assignments.put(
                        record.getAssignment().getName(), record.getAssignment().getResource());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        });
        return assignments;
    }

    private static SortedMap<String, ByteString> assignments(
            MeshTranslation expected, SortedMap<EndpointKey, Endpoint> endpoints) {
        SortedMap<String, ByteString> assignments = new TreeMap<>();
        expected.services().forEach((key, service) -> {
            SortedMap<EndpointKey, Endpoint> own = new TreeMap<>();
            endpoints.forEach((each, endpoint) -> {
                if (each.namespace().equals(key.namespace()) && each.service().equals(key.name())) {
                    own.put(each, endpoint);
                }
            });
            for (PortPolicy port : service.policy().getPortsList()) {
                assignments.put(port.getAssignment(), Deterministic.serialize(LoadAssignments.of(port, own)));
            }
        });
        return assignments;
    }

    private static ResourceRecord record(byte[] value) {
        try {
            return ResourceRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectStatus status(byte[] value) {
        try {
            return ObjectStatus.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
