package io.tailrace.translator.lane;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.config.ConfigLane;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.endpoints.EndpointLane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Both lanes without Kafka, each with its stores, and what lies between them: policies that the endpoint lane takes when
 * it is told to. Keeps the log's final state beside, as a plain list of objects, to compare with.
 */
public final class BothLanes {
    private static final int PARTITION = 0;

    private final MemoryState configState = new MemoryState();
    private final MemoryState endpointState = new MemoryState();
    private final Deque<Arrival.Policy> policies = new ArrayDeque<>();
    private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
    private final List<Arrival> configLog = new ArrayList<>();
    private final List<Arrival> endpointLog = new ArrayList<>();
    private final SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>();
    private final SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>();
    private Lane config = ConfigLane.factory().empty(PARTITION, configState);
    private Lane endpoint = EndpointLane.factory().empty(PARTITION, endpointState);

    public MemoryState configState() {
        return configState;
    }

    public MemoryState endpointState() {
        return endpointState;
    }

    /** The config objects in force, made of the log alone. */
    public SortedMap<ConfigKey, Placed<?>> objects() {
        return objects;
    }

    public SortedMap<EndpointKey, Endpoint> endpoints() {
        return endpoints;
    }

    /** An object comes, or goes (null). */
    public Change event(ObjectKey key, @Nullable Message object) {
        Place place = place(Topic.of(key));
        remember(key, object, place);
        return take(new Arrival.Event(place, key, object));
    }

    /** A record that can't be used. */
    public Change broken(ObjectKey key) {
        Place place = place(Topic.of(key));
        return take(new Arrival.Broken(place, key, List.of(Problem.of("spec", "nonsense", "sense"))));
    }

    /** The endpoint lane takes one policy, if there is one. */
    public Change policy() {
        Arrival.Policy policy = policies.poll();
        if (policy == null) {
            return Change.NONE;
        }
        endpointLog.add(policy);
        return written(endpointState, endpoint.take(policy));
    }

    public void allPolicies() {
        while (!policies.isEmpty()) {
            policy();
        }
    }

    /** The endpoint lane writes what it has put off. */
    public Change settle() {
        return written(endpointState, endpoint.settle());
    }

    /** Both processes start again with their stores, whatever they have put off. */
    public void restart() {
        boolean wasBehind = endpoint.isBehind();
        config = ConfigLane.factory().fromStores(PARTITION, configState);
        endpoint = EndpointLane.factory().fromStores(PARTITION, endpointState);
        if (wasBehind) {
            Change _ = rebuildEndpoints();
        }
    }

    /** All afresh from the stores, as after another version of the code. */
    public Change rebuildConfig() {
        return writtenConfig(config.rebuild());
    }

    public Change rebuildEndpoints() {
        return written(endpointState, endpoint.rebuild());
    }

    /** The stores are lost: the logs are read anew, in silence. */
    public Change rereadConfig() {
        configState.loseStores();
        config = ConfigLane.factory().empty(PARTITION, configState);
        configLog.forEach(config::absorb);
        return rebuildConfig();
    }

    public Change rereadEndpoints() {
        endpointState.loseStores();
        endpoint = EndpointLane.factory().empty(PARTITION, endpointState);
        endpointLog.forEach(endpoint::absorb);
        return rebuildEndpoints();
    }

    private Change take(Arrival arrival) {
        if (arrival.place().topic() == Topic.ENDPOINTS) {
            endpointLog.add(arrival);
            return written(endpointState, endpoint.take(arrival));
        }
        configLog.add(arrival);
        return writtenConfig(config.take(arrival));
    }

    private Change writtenConfig(Change change) {
        for (Change.Write write : change.output()) {
            if (write.topic() == Topic.POLICIES) {
                policies.add(new Arrival.Policy(
                        place(Topic.POLICIES), ServiceKey.parse(write.key()), policy(write.value())));
            }
        }
        return written(configState, change);
    }

    private static Change written(MemoryState state, Change change) {
        state.write(Sizes.checked(change));
        return change;
    }

    private void remember(ObjectKey key, @Nullable Message object, Place place) {
        switch (key) {
            case EndpointKey each -> {
                if (object == null) {
                    endpoints.remove(each);
                } else {
                    endpoints.put(each, (Endpoint) object);
                }
            }
            case ConfigKey each -> {
                Placed<?> before = objects.get(each);
                if (object == null) {
                    objects.remove(each);
                } else if (before == null || !before.value().equals(object)) {
                    objects.put(each, new Placed<>(each, object, place.offset()));
                }
            }
        }
    }

    private Place place(Topic topic) {
        long offset = next.merge(topic, 1L, Long::sum) - 1;
        return new Place(topic, PARTITION, offset, 1_000 + offset);
    }

    private static @Nullable ServicePolicy policy(byte @Nullable [] value) {
        try {
            return value == null ? null : ServicePolicy.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
