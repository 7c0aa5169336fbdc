package io.tailrace.translator.config;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.ResourceKey;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.Service;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.ServiceTranslation;
import io.tailrace.translator.core.status.Statuses;
import io.tailrace.translator.lane.State;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One mesh: its objects, and what of it stands. Finds what a change of an object touches, and has that written. */
final class Mesh {
    private final String name;
    private final State state;
    private final MeshModel model = new MeshModel();
    private final Failures failures = new Failures();
    private final GroupOutputs groups;
    private final ServiceOutputs services;

    Mesh(String name, int partition, State state) {
        this.name = name;
        this.state = state;
        groups = new GroupOutputs(name, partition, state, model, failures);
        services = new ServiceOutputs(name, partition, state, model, failures);
    }

    MeshModel model() {
        return model;
    }

    /** Learns what stands. */
    void loadStanding() {
        groups.load();
    }

    /** Puts the entry and writes what follows. Gives the deletions that are forgotten. */
    SortedSet<ConfigKey> change(ObjectEntry entry, Effects effects) {
        ConfigKey key = entry.key();
        Message before = model.entry(key).value();
        SortedSet<String> touched = model.groupsOf(key);
        effects.speakOf(Set.of(key));
        effects.speakOf(attached(key));
        SortedSet<ConfigKey> forgotten = model.put(entry);
        touched.addAll(model.groupsOf(key));
        if (!(before instanceof Service then
                && entry.value() instanceof Service now
                && ServiceTranslation.sameToGroups(then, now))) {
            touched.forEach(group -> groups.translate(group, effects));
        }
        if (key.kind() == Kind.SERVICE) {
            services.translate(key, effects);
        }
        finish(effects);
        return forgotten;
    }

    /** Puts an entry whose value in force is the one before. */
    void remark(ObjectEntry entry, Effects effects) {
        model.put(entry);
        effects.speakOf(Set.of(entry.key()));
        finish(effects);
    }

    /** Everything afresh; what stands and isn't wanted goes. */
    void rebuild(Effects effects) {
        groups.load();
        SortedSet<String> all = model.groups();
        all.addAll(groups.standing());
        all.forEach(group -> groups.translate(group, effects));
        model.entries().keySet().stream()
                .filter(key -> key.kind() == Kind.SERVICE)
                .forEach(key -> services.translate(key, effects));
        all.forEach(group -> groups.lookAtShared(group, effects));
        effects.speakOf(model.entries().keySet());
        finish(effects);
        sweep(effects);
    }

    private void finish(Effects effects) {
        services.writeShared(groups, effects);
        for (ConfigKey key : effects.spokenOf()) {
            ObjectEntry entry = model.entry(key);
            StatusOutput.write(state, entry, said(entry), failures.of(key), effects.change());
        }
    }

    private @Nullable ObjectStatus said(ObjectEntry entry) {
        Placed<?> placed = entry.placed();
        if (placed == null) {
            return null;
        }
        return placed.value() instanceof ProxyGroup group
                ? GroupRecords.status(model, placed, group)
                : Statuses.of(placed, groups.said(entry.key()));
    }

    /** Objects whose status hangs on whether this one is there. */
    private SortedSet<ConfigKey> attached(ConfigKey key) {
        return switch (key.kind()) {
            case GATEWAY -> model.routes(key);
            case PROXY_GROUP -> model.proxyGroups(key.name());
            default -> new TreeSet<>();
        };
    }

    private void sweep(Effects effects) {
        String prefix = KeyText.join(name) + "/";
        Set<String> wanted = groups.bodyKeys();
        state.forEachStanding(Topic.RESOURCES, prefix, (key, value) -> {
            if (!wanted.contains(key) && RecordKeys.parseResource(key) instanceof ResourceKey.OfBody) {
                effects.change().write(name, Topic.RESOURCES, key, null);
            }
        });
        state.forEachStanding(Topic.POLICIES, prefix, (key, value) -> {
            ServiceKey service = ServiceKey.parse(key);
            if (model.placed(new ConfigKey(name, Kind.SERVICE, service.namespace(), service.service())) == null) {
                effects.change().write(name, Topic.POLICIES, key, null);
            }
        });
        state.forEachStanding(Topic.STATUS, prefix, (key, value) -> {
            if (ObjectKey.parse(key) instanceof ConfigKey object
                    && !model.entries().containsKey(object)) {
                effects.change().write(name, Topic.STATUS, key, null);
            }
        });
    }
}
