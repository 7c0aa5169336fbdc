package io.tailrace.translator.core.raw;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.core.status.Conditions;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The EnvoyResources of a group. One with the name of something translated stands in for it: that is what an escape hatch
 * is for. Of two with one type and name the first by namespace and name counts; a listener must not take the address of
 * another, since Envoy would reject it, and all that came with it.
 */
public final class RawResources {
    private final String group;
    private final SortedMap<ResourceName, RawResource> inForce = new TreeMap<>();
    private final Map<String, String> addresses = new HashMap<>(); // to the listener's name
    private final SortedMap<ConfigKey, ObjectStatus> statuses = new TreeMap<>();

    /** Of objects in the order of precedence. */
    public static RawResources of(
            String group, List<Placed<EnvoyResource>> objects, Collection<Resource> translatedListeners) {
        RawResources resources = new RawResources(group);
        List<RawResource> raw = objects.stream()
                .flatMap(object -> RawResource.of(object).stream())
                .toList();
        translatedListeners.stream()
                .filter(listener -> raw.stream().noneMatch(it -> it.id().equals(listener.id())))
                .forEach(resources::occupy);
        raw.forEach(resources::add);
        return resources;
    }

    private RawResources(String group) {
        this.group = group;
    }

    public Stream<Resource> resources() {
        return inForce.values().stream().map(raw -> raw.resource(group));
    }

    /** Clusters that they refer to and that a Service may give. */
    public Stream<ClusterName> clusters() {
        return inForce.values().stream()
                .flatMap(raw -> raw.refs().stream())
                .filter(ref -> ref.typeUrl().equals(ResourceTypes.CLUSTER))
                .flatMap(ref -> ClusterName.parse(ref.name()).stream());
    }

    public SortedMap<ConfigKey, ObjectStatus> statuses() {
        return statuses;
    }

    private void occupy(Resource listener) {
        try {
            RawResource.addresses(Listener.parseFrom(listener.bytes()))
                    .forEach(address -> addresses.put(address, listener.id().name()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the translation's own bytes", e);
        }
    }

    private void add(RawResource raw) {
        RawResource first = inForce.get(raw.id());
        Optional<String> taken =
                raw.addresses().stream().filter(addresses::containsKey).findFirst();
        if (first != null) {
            conflict(raw, Reason.NameConflict, nameTaken(raw, first));
        } else if (taken.isPresent()) {
            conflict(raw, Reason.AddressConflict, addressTaken(raw, taken.get()));
        } else {
            inForce.put(raw.id(), raw);
            raw.addresses().forEach(address -> addresses.put(address, raw.id().name()));
            say(raw, List.of(Conditions.accepted()));
        }
    }

    private void conflict(RawResource raw, Reason reason, Problem problem) {
        say(
                raw,
                List.of(
                        Conditions.notAccepted(reason, List.of(problem)),
                        Conditions.conflicted(reason, List.of(problem))));
    }

    private void say(RawResource raw, List<Condition> conditions) {
        statuses.put(raw.object().key(), Statuses.of(raw.object().revision(), conditions));
    }

    private Problem nameTaken(RawResource raw, RawResource first) {
        return Statuses.problem(
                raw.object(),
                "spec.resource",
                raw.id().typeUrl() + " \"" + raw.id().name() + "\"",
                "a name of its own in group " + group + ": " + first.object().title() + " has it");
    }

    private Problem addressTaken(RawResource raw, String address) {
        String owner = addresses.get(address);
        return Statuses.problem(
                        raw.object(),
                        "spec.resource.address",
                        address,
                        "an address of its own in group " + group + ": listener \"" + owner + "\" has it")
                .withAdvice("To stand in for that listener, take its name.");
    }
}
