package io.tailrace.translator.config;

import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.ResourceKey;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.GroupTranslation;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.Translation;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.Sizes;
import io.tailrace.translator.lane.State;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a mesh: their records, lists and own bodies. Each is translated and compared by itself, so that one whose
 * translation fails keeps what it had and harms no other.
 */
final class GroupOutputs {
    private final String mesh;
    private final int partition;
    private final State state;
    private final MeshModel model;
    private final Failures failures;
    private final Map<String, Output> outputs = new HashMap<>();
    private final SharedUses uses = new SharedUses();

    /** @param statuses what the translation says of each object; null: not translated since the task's start */
    private record Output(
            SortedSet<ListEntry> entries, @Nullable SortedMap<ConfigKey, ObjectStatus> statuses) {
        static final Output NONE = new Output(Collections.emptySortedSet(), Collections.emptySortedMap());
    }

    GroupOutputs(String mesh, int partition, State state, MeshModel model, Failures failures) {
        this.mesh = mesh;
        this.partition = partition;
        this.state = state;
        this.model = model;
        this.failures = failures;
    }

    /** Learns what stands. */
    void load() {
        outputs.keySet().forEach(group -> uses.replace(group, entries(group), Set.of()));
        outputs.clear();
        state.forEachStanding(Topic.RESOURCES, KeyText.join(mesh) + "/", (key, value) -> {
            switch (RecordKeys.parseResource(key)) {
                case ResourceKey.OfGroup group -> outputs.putIfAbsent(group.group(), new Output(new TreeSet<>(), null));
                case ResourceKey.OfList list ->
                    outputs.computeIfAbsent(list.group(), _ -> new Output(new TreeSet<>(), null))
                            .entries()
                            .addAll(GroupLists.entries(value));
                case ResourceKey.OfBody body -> {}
                case ResourceKey.OfMarker marker -> {}
            }
        });
        outputs.keySet().forEach(group -> uses.replace(group, Set.of(), entries(group)));
    }

    /** Groups of which anything stands. */
    SortedSet<String> standing() {
        return new TreeSet<>(outputs.keySet());
    }

    SortedSet<ListEntry> entries(String group) {
        return outputs.getOrDefault(group, Output.NONE).entries();
    }

    boolean isUsed(ResourceName shared) {
        return uses.isUsed(shared);
    }

    /** What the groups say of an object, in the order of their names. */
    List<ObjectStatus> said(ConfigKey key) {
        return model.groupsOf(key).stream()
                .map(this::statuses)
                .filter(statuses -> statuses.containsKey(key))
                .map(statuses -> statuses.get(key))
                .toList();
    }

    void translate(String group, Effects effects) {
        Output before = outputs.getOrDefault(group, Output.NONE);
        if (!model.hasGroup(group)) {
            drop(group, before, effects);
            return;
        }
        ChangeBuilder own = new ChangeBuilder();
        Output after;
        try {
            Translation translation = GroupTranslation.translate(model.inputs(group));
            after = new Output(translation.entries(), translation.statuses());
            write(group, before, translation, new Bodies(mesh, partition, state, effects.revision(), own), own);
            Sizes.checked(own.build());
        } catch (RuntimeException | StackOverflowError e) {
            SortedSet<ConfigKey> concerned = new TreeSet<>(model.members(group));
            concerned.addAll(effects.spokenOf());
            effects.speakOf(failures.failed(group, concerned, e));
            return;
        }
        effects.speakOf(failures.succeeded(group));
        effects.change().add(own.build());
        replace(group, before, after, effects);
    }

    void lookAtShared(String group, Effects effects) {
        effects.lookAt(entries(group).stream()
                .filter(entry -> entry.scope().isEmpty())
                .map(ListEntry::id)
                .toList());
    }

    /** The keys of the bodies that any list names. */
    Set<String> bodyKeys() {
        Set<String> keys = new HashSet<>();
        outputs.values()
                .forEach(output -> output.entries()
                        .forEach(entry -> keys.add(RecordKeys.body(
                                mesh,
                                TypeNames.of(entry.id().typeUrl()),
                                entry.scope(),
                                entry.id().name()))));
        return keys;
    }

    private void write(String group, Output before, Translation translation, Bodies bodies, ChangeBuilder own) {
        writeGroup(group, own);
        translation.resources().values().forEach(bodies::want);
        before.entries().stream()
                .filter(entry ->
                        !entry.scope().isEmpty() && !translation.entries().contains(entry))
                .forEach(entry -> bodies.drop(entry.id(), entry.scope()));
        if (!translation.entries().equals(before.entries())) {
            GroupLists.write(state, mesh, group, translation.entries(), own);
        }
    }

    private void writeGroup(String group, ChangeBuilder own) {
        Group record = GroupRecords.of(model, group);
        byte[] value = Deterministic.serializeToArray(
                ResourceRecord.newBuilder().setGroup(record).build());
        String key = RecordKeys.group(mesh, group);
        if (!Arrays.equals(value, state.standing(Topic.RESOURCES, key))) {
            own.write(mesh, Topic.RESOURCES, key, value);
        }
    }

    private void drop(String group, Output before, Effects effects) {
        Bodies bodies = new Bodies(mesh, partition, state, effects.revision(), effects.change());
        before.entries().stream()
                .filter(entry -> !entry.scope().isEmpty())
                .forEach(entry -> bodies.drop(entry.id(), entry.scope()));
        GroupLists.write(state, mesh, group, Set.of(), effects.change());
        String key = RecordKeys.group(mesh, group);
        if (state.standing(Topic.RESOURCES, key) != null) {
            effects.change().write(mesh, Topic.RESOURCES, key, null);
        }
        effects.speakOf(failures.succeeded(group));
        replace(group, before, Output.NONE, effects);
        outputs.remove(group);
    }

    private void replace(String group, Output before, Output after, Effects effects) {
        outputs.put(group, after);
        effects.lookAt(uses.replace(group, before.entries(), after.entries()));
        SortedMap<ConfigKey, ObjectStatus> now = orNone(after.statuses());
        SortedMap<ConfigKey, ObjectStatus> then = orNone(before.statuses());
        now.forEach((key, status) -> {
            if (!status.equals(then.get(key))) {
                effects.speakOf(Set.of(key));
            }
        });
        then.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> effects.speakOf(Set.of(key)));
    }

    private SortedMap<ConfigKey, ObjectStatus> statuses(String group) {
        Output output = outputs.getOrDefault(group, Output.NONE);
        SortedMap<ConfigKey, ObjectStatus> known = output.statuses();
        if (known != null) {
            return known;
        }
        SortedMap<ConfigKey, ObjectStatus> statuses = Collections.emptySortedMap();
        try {
            statuses = GroupTranslation.translate(model.inputs(group)).statuses();
        } catch (RuntimeException | StackOverflowError e) {
            failures.failed(group, model.members(group), e);
        }
        outputs.put(group, new Output(output.entries(), statuses));
        return statuses;
    }

    private static SortedMap<ConfigKey, ObjectStatus> orNone(@Nullable SortedMap<ConfigKey, ObjectStatus> statuses) {
        return statuses == null ? Collections.emptySortedMap() : statuses;
    }
}
