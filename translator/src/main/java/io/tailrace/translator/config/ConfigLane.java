package io.tailrace.translator.config;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.Lane;
import io.tailrace.translator.lane.Place;
import io.tailrace.translator.lane.State;
import io.tailrace.translator.lane.StoreDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an event of {@code config} or {@code secrets} means for the output of a partition: for the groups that it touches
 * and no others. An event that brings what is in force already changes nothing.
 */
public final class ConfigLane implements Lane {
    /** What is known of each object, by key. */
    public static final String OBJECTS = "objects";

    private final int partition;
    private final State state;
    private final SortedMap<String, Mesh> meshes = new TreeMap<>();

    private ConfigLane(int partition, State state) {
        this.partition = partition;
        this.state = state;
    }

    public static Factory factory() {
        return new Factory() {
            @Override
            public Lane fromStores(int partition, State state) {
                ConfigLane lane = new ConfigLane(partition, state);
                lane.load();
                return lane;
            }

            @Override
            public Lane empty(int partition, State state) {
                return new ConfigLane(partition, state);
            }
        };
    }

    @Override
    public Change take(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Event event -> event(event);
            case Arrival.Broken broken -> broken(broken);
            case Arrival.Policy policy -> throw new IllegalArgumentException("policies are this lane's output");
        };
    }

    @Override
    public void absorb(Arrival arrival) {
        switch (arrival) {
            case Arrival.Event event -> {
                ConfigKey key = (ConfigKey) event.key();
                MeshModel model = mesh(key.mesh()).model();
                ObjectEntry before = model.entry(key);
                model.put(
                        Objects.equals(before.value(), event.object())
                                ? before.withoutRejected()
                                : before.with(event.object(), event.place().position()));
            }
            case Arrival.Broken broken -> {
                if (broken.key() instanceof ConfigKey key) {
                    MeshModel model = mesh(key.mesh()).model();
                    model.put(model.entry(key).rejecting(broken.place().position(), broken.problems()));
                }
            }
            case Arrival.Policy policy -> throw new IllegalArgumentException("policies are this lane's output");
        }
    }

    @Override
    public Change rebuild() {
        ChangeBuilder change = new ChangeBuilder();
        StoreDifference objects = new StoreDifference(state, OBJECTS);
        standingMeshes().forEach(this::mesh);
        for (Mesh mesh : meshes.values()) {
            mesh.model()
                    .entries()
                    .values()
                    .forEach(entry -> objects.wanted(entry.key().text(), entry.stored()));
            Effects effects = new Effects(OptionalLong.empty());
            mesh.rebuild(effects);
            change.add(effects.change().build());
        }
        objects.addTo(change);
        return change.build();
    }

    @Override
    public byte[] marker(MarkerFacts facts) {
        Marker.Builder marker = Marker.newBuilder()
                .setSequence(facts.sequence())
                .setEventTimeMs(facts.eventTimeMs())
                .addAllMeshes(new TreeSet<>(facts.meshes()));
        facts.newest().forEach((input, offset) -> marker.addPositions(Place.position(input, partition, offset)));
        return ResourceRecord.newBuilder().setMarker(marker).build().toByteArray();
    }

    private Change event(Arrival.Event event) {
        ConfigKey key = (ConfigKey) event.key();
        Mesh mesh = mesh(key.mesh());
        ObjectEntry before = mesh.model().entry(key);
        Effects effects = new Effects(OptionalLong.of(event.place().offset()));
        if (!Objects.equals(before.value(), event.object())) {
            ObjectEntry entry = before.with(event.object(), event.place().position());
            mesh.change(entry, effects).forEach(forgotten -> effects.change().put(OBJECTS, forgotten.text(), null));
        } else if (before.rejected() != null) {
            mesh.remark(before.withoutRejected(), effects);
        } else {
            return Change.NONE;
        }
        store(mesh, key, effects);
        return effects.change().build();
    }

    private Change broken(Arrival.Broken broken) {
        if (!(broken.key() instanceof ConfigKey key)) {
            return Change.NONE;
        }
        Mesh mesh = mesh(key.mesh());
        Effects effects = new Effects(OptionalLong.of(broken.place().offset()));
        mesh.remark(mesh.model().entry(key).rejecting(broken.place().position(), broken.problems()), effects);
        store(mesh, key, effects);
        return effects.change().build();
    }

    private void store(Mesh mesh, ConfigKey key, Effects effects) {
        ObjectEntry entry = mesh.model().entries().get(key);
        effects.change().put(OBJECTS, key.text(), entry == null ? null : entry.stored());
    }

    private Mesh mesh(String name) {
        return meshes.computeIfAbsent(name, _ -> {
            Mesh mesh = new Mesh(name, partition, state);
            mesh.loadStanding();
            return mesh;
        });
    }

    private void load() {
        List<ObjectEntry> gone = new ArrayList<>();
        state.forEach(OBJECTS, (text, value) -> {
            if (ObjectKey.parse(text) instanceof ConfigKey key) {
                ObjectEntry entry = ObjectEntry.parse(key, value);
                if (entry.value() == null) {
                    gone.add(entry);
                } else {
                    mesh(key.mesh()).model().put(entry);
                }
            }
        });
        // A deletion is remembered for what refers to it, so that must be there first.
        gone.forEach(entry -> mesh(entry.key().mesh()).model().put(entry));
    }

    private SortedSet<String> standingMeshes() {
        SortedSet<String> names = new TreeSet<>();
        for (Topic output : List.of(Topic.RESOURCES, Topic.POLICIES, Topic.STATUS)) {
            state.forEachStanding(
                    output, "", (key, value) -> names.add(KeyText.split(key).getFirst()));
        }
        return names;
    }
}
