package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.config.MeshModel;
import io.tailrace.translator.config.ObjectEntry;
import io.tailrace.translator.core.GroupResources;
import io.tailrace.translator.core.GroupTranslation;
import io.tailrace.translator.core.Placed;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mesh as it was, which can be changed one object at a time to ask what a group would have had: the lanes' own model says
 * what a change touches, so that a question costs what it touches. One thread.
 */
final class MeshAt implements GroupResources.Mesh {
    private final String mesh;
    private final MeshModel model = new MeshModel();
    private final Map<ServiceKey, SortedMap<EndpointKey, Endpoint>> endpoints = new HashMap<>();

    MeshAt(LogState state) {
        mesh = state.mesh();
        state.objects().values().forEach(object -> {
            if (object.value() != null) {
                set(object.key(), object.value(), object.event().place().position());
            }
        });
        // A deletion is remembered for what refers to it, so that must be there first.
        state.objects().values().forEach(object -> {
            if (object.value() == null) {
                set(object.key(), null, object.event().place().position());
            }
        });
    }

    /**
     * Puts an object in the place of what is there (null: takes it away), and gives the groups whose nodes may get other
     * things for it; of an endpoint none, since it touches the assignments of its service wherever they are.
     */
    SortedSet<String> set(ObjectKey key, @Nullable Message value, Position position) {
        return switch (key) {
            case EndpointKey endpoint -> {
                SortedMap<EndpointKey, Endpoint> own =
                        endpoints.computeIfAbsent(endpoint.serviceKey(), _ -> new TreeMap<>());
                if (value instanceof Endpoint present) {
                    own.put(endpoint, present);
                } else {
                    own.remove(endpoint);
                }
                yield Collections.emptySortedSet();
            }
            case ConfigKey config -> {
                SortedSet<String> touched = new TreeSet<>(model.groupsOf(config));
                model.put(ObjectEntry.empty(config).with(value, position));
                touched.addAll(model.groupsOf(config));
                yield touched;
            }
        };
    }

    SortedSet<String> groups() {
        return model.groups();
    }

    boolean hasGroup(String group) {
        return model.hasGroup(group);
    }

    /** What a group has; nothing, if there is no such group. */
    GroupResources resources(String group) {
        return new GroupResources(GroupTranslation.translate(model.inputs(group)), this);
    }

    @Override
    public String name() {
        return mesh;
    }

    @Override
    public @Nullable Placed<?> object(ConfigKey key) {
        return model.placed(key);
    }

    @Override
    public SortedMap<EndpointKey, Endpoint> endpoints(ServiceKey service) {
        return endpoints.getOrDefault(service, Collections.emptySortedMap());
    }
}
