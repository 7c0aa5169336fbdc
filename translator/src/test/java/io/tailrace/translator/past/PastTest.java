package io.tailrace.translator.past;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.core.clusters.LoadAssignments;
import io.tailrace.translator.lane.Arrival;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The past of random logs. Run one case with {@code -Dseed=42}. */
class PastTest {
    private static final int SEEDS = 12;
    private static final int SIZE = 50;

    @Test
    void whatAGroupHadIsWhatTranslatingThatMomentAfreshGives() {
        seeds(random -> {
            List<LogEvent> log = RandomLog.of(random, SIZE);
            List<LogEvent> prefix = log.subList(0, random.nextInt(SIZE));

            Past past = new Past(RandomLog.replay(prefix));

            SortedMap<String, SortedMap<ResourceName, ByteString>> expected = afresh(prefix);
            assertThat(past.groups()).isEqualTo(expected.keySet());
            expected.forEach((group, resources) ->
                    assertThat(bytes(past.resources(group))).isEqualTo(resources));
        });
    }

    /** Leaving out an event that is named changes the resource, leaving out one that isn't changes nothing. */
    @Test
    void whyNamesTheEventsWithoutWhichAResourceWouldBeAnotherAndNoOthers() {
        seeds(random -> {
            List<LogEvent> log = RandomLog.of(random, SIZE);
            LogState state = RandomLog.replay(log);
            SortedMap<String, SortedMap<ResourceName, ByteString>> actual = afresh(log);
            List<SortedMap<String, SortedMap<ResourceName, ByteString>>> without = new ArrayList<>();
            log.forEach(event -> without.add(afresh(leavingOut(log, Set.of(event)))));
            for (String group : actual.keySet()) {
                SortedSet<ResourceName> names = new TreeSet<>();
                without.forEach(each -> names.addAll(of(each, group).keySet()));
                for (ResourceName name : names) {
                    Explanation why = Why.explain(state, group, name, done -> {});
                    for (int i = 0; i < log.size(); i++) {
                        LogEvent event = log.get(i);
                        assertThat(why.reasons().stream()
                                        .anyMatch(reason -> reason.event().equals(event)))
                                .as("%s of %s, event %s %s", name, group, event.position(), event.key())
                                .isEqualTo(!same(actual, without.get(i), group, name));
                    }
                    checkRepeated(log, actual, group, why);
                }
            }
        });
    }

    private static void checkRepeated(
            List<LogEvent> log,
            SortedMap<String, SortedMap<ResourceName, ByteString>> actual,
            String group,
            Explanation why) {
        for (Explanation.Repeated repeated : why.repeated()) {
            Set<LogEvent> all = new HashSet<>();
            log.stream()
                    .filter(event -> repeated.first().key() != null
                            && repeated.first().key().equals(event.key())
                            && LogEvent.ORDER.compare(event, repeated.first()) >= 0)
                    .forEach(all::add);
            assertThat(same(actual, afresh(leavingOut(log, all)), group, why.name()))
                    .as("without all that say the same")
                    .isFalse();
        }
    }

    @Test
    void aDifferenceIsAllThatDiffersAndNamesForEachTheEventsInBetween() {
        seeds(random -> {
            List<LogEvent> log = RandomLog.of(random, SIZE);
            int from = random.nextInt(SIZE);
            int to = from + random.nextInt(SIZE - from);
            SortedMap<String, SortedMap<ResourceName, ByteString>> before = afresh(log.subList(0, from));
            SortedMap<String, SortedMap<ResourceName, ByteString>> after = afresh(log.subList(0, to));
            SortedSet<String> groups = new TreeSet<>(before.keySet());
            groups.addAll(after.keySet());
            for (String group : groups) {
                SortedSet<ResourceName> names = new TreeSet<>(of(before, group).keySet());
                names.addAll(of(after, group).keySet());
                names.removeIf(name -> same(before, after, group, name));

                List<Difference.Changed> changed = Difference.between(
                        RandomLog.replay(log.subList(0, from)),
                        RandomLog.replay(log.subList(0, to)),
                        group,
                        done -> {});

                assertThat(changed).extracting(Difference.Changed::name).containsExactlyElementsOf(names);
                assertThat(changed).allSatisfy(each -> {
                    assertThat(each.events()).isNotEmpty().isSubsetOf(log.subList(from, to));
                    assertThat(each.fields().isEmpty()).isEqualTo(each.before() == null || each.after() == null);
                });
            }
        });
    }

    @Test
    void aRollbackBringsTheConfigurationBackAndLeavesEndpointsAsTheyAre() {
        seeds(random -> {
            List<LogEvent> log = RandomLog.of(random, SIZE);
            LogState now = RandomLog.replay(log);
            LogState then = RandomLog.replay(log.subList(0, random.nextInt(SIZE)));

            LogState outcome = Rollback.of(now, then, key -> true).outcome();

            now.objects().keySet().forEach(key -> {
                boolean stays = key.kind() == Kind.ENDPOINT || key.kind() == Kind.SECRET;
                assertThat(Optional.ofNullable(outcome.value(key)))
                        .as("%s", key)
                        .isEqualTo(Optional.ofNullable((stays ? now : then).value(key)));
            });
        });
    }

    private static void seeds(Consumer<Random> test) {
        String only = System.getProperty("seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS) : LongStream.of(Long.parseLong(only));
        seeds.forEach(seed -> {
            try {
                test.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("failed with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        });
    }

    private static List<LogEvent> leavingOut(List<LogEvent> log, Set<LogEvent> events) {
        return log.stream().filter(event -> !events.contains(event)).toList();
    }

    private static boolean same(
            SortedMap<String, SortedMap<ResourceName, ByteString>> one,
            SortedMap<String, SortedMap<ResourceName, ByteString>> other,
            String group,
            ResourceName name) {
        return Optional.ofNullable(of(one, group).get(name))
                .equals(Optional.ofNullable(of(other, group).get(name)));
    }

    private static SortedMap<ResourceName, ByteString> of(
            SortedMap<String, SortedMap<ResourceName, ByteString>> groups, String group) {
        return groups.getOrDefault(group, new TreeMap<>());
    }

    /** The values in force, told by the log alone, and their translation from scratch. */
    private static SortedMap<String, SortedMap<ResourceName, ByteString>> afresh(List<LogEvent> log) {
        SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>();
        SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>();
        for (LogEvent event : log) {
            if (event.arrival() instanceof Arrival.Event valid) {
                put(valid.key(), valid.object(), event.place().offset(), objects, endpoints);
            }
        }
        MeshTranslation translation = new Snapshot(objects, new TreeMap<>()).translate();
        SortedMap<String, SortedMap<ResourceName, ByteString>> groups = new TreeMap<>();
        translation.groups().keySet().forEach(group -> {
            SortedMap<ResourceName, ByteString> resources = new TreeMap<>();
            Set<ResourceName> refs = new HashSet<>();
            for (Resource resource : translation.resourcesOf(group)) {
                resources.put(resource.id(), resource.content());
                refs.addAll(resource.refs());
            }
            assignments(translation, endpoints).forEach((name, bytes) -> {
                if (refs.contains(name)) {
                    resources.put(name, bytes);
                }
            });
            groups.put(group, resources);
        });
        return groups;
    }

    private static void put(
            ObjectKey key,
            @Nullable Message object,
            long offset,
            SortedMap<ConfigKey, Placed<?>> objects,
            SortedMap<EndpointKey, Endpoint> endpoints) {
        switch (key) {
            case ConfigKey config -> {
                if (object == null) {
                    objects.remove(config);
                } else {
                    objects.put(config, new Placed<>(config, object, offset));
                }
            }
            case EndpointKey endpoint -> {
                if (object instanceof Endpoint present) {
                    endpoints.put(endpoint, present);
                } else {
                    endpoints.remove(endpoint);
                }
            }
        }
    }

    private static SortedMap<ResourceName, ByteString> assignments(
            MeshTranslation translation, SortedMap<EndpointKey, Endpoint> endpoints) {
        SortedMap<ResourceName, ByteString> assignments = new TreeMap<>();
        translation.services().forEach((key, service) -> {
            SortedMap<EndpointKey, Endpoint> own = new TreeMap<>();
            endpoints.forEach((each, endpoint) -> {
                if (each.namespace().equals(key.namespace()) && each.service().equals(key.name())) {
                    own.put(each, endpoint);
                }
            });
            for (PortPolicy port : service.policy().getPortsList()) {
                assignments.put(
                        new ResourceName(ResourceTypes.LOAD_ASSIGNMENT, port.getAssignment()),
                        Deterministic.serialize(LoadAssignments.of(port, own.values())));
            }
        });
        return assignments;
    }

    private static SortedMap<ResourceName, ByteString> bytes(SortedMap<ResourceName, Resource> resources) {
        SortedMap<ResourceName, ByteString> bytes = new TreeMap<>();
        resources.forEach((name, resource) -> bytes.put(name, resource.content()));
        return bytes;
    }
}
