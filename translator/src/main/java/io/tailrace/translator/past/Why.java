package io.tailrace.translator.past;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.translator.core.GroupResources;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.past.Explanation.Contribution;
import io.tailrace.translator.past.Explanation.Reason;
import io.tailrace.translator.past.Explanation.Repeated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which events made a resource what it is, by leaving each out and translating again: of each object it is the newest that
 * changed anything, and without it what was in force before would be still. Those are named without which the bytes differ,
 * and no others. The model says beforehand which objects can't touch the group.
 */
public final class Why {
    private final LogState state;
    private final String group;
    private final ResourceName name;
    private final MeshAt mesh;
    private final GroupResources actual;
    private final @Nullable Resource resource;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Repeated> repeated = new ArrayList<>();

    private Why(LogState state, String group, ResourceName name) {
        this.state = state;
        this.group = group;
        this.name = name;
        this.mesh = new MeshAt(state);
        this.actual = mesh.resources(group);
        this.resource = actual.find(name).orElse(null);
    }

    /** {@code progress} is told, again and again, the part that is done. */
    public static Explanation explain(LogState state, String group, ResourceName name, DoubleConsumer progress) {
        Why why = new Why(state, group, name);
        int done = 0;
        for (InForce object : state.objects().values()) {
            why.leaveOut(object);
            progress.accept((double) ++done / state.objects().size());
        }
        why.reasons.sort(Comparator.comparing(Reason::event, LogEvent.ORDER));
        why.repeated.sort(Comparator.comparing(Repeated::first, LogEvent.ORDER));
        return new Explanation(name, why.resource, why.reasons, why.repeated);
    }

    private void leaveOut(InForce object) {
        switch (object.key()) {
            case EndpointKey endpoint -> {
                if (isOf(endpoint.serviceKey())) {
                    mesh.set(endpoint, object.before(), object.event().place().position());
                    compare(object, actual); // which looks up endpoints as they are now
                    mesh.set(endpoint, object.value(), object.event().place().position());
                }
            }
            case ConfigKey config -> {
                SortedSet<String> touched =
                        mesh.set(config, object.before(), object.event().place().position());
                if (touched.contains(group) || isItsService(config)) {
                    compare(object, mesh.resources(group));
                }
                mesh.set(config, object.value(), object.event().place().position());
            }
        }
    }

    private void compare(InForce object, GroupResources without) {
        Contribution contribution = contribution(without.find(name).orElse(null));
        if (contribution == null) {
            return;
        }
        if (object.repeat() == null) {
            reasons.add(new Reason(object.event(), contribution));
        } else {
            repeated.add(new Repeated(object.event(), object.repeat(), contribution));
        }
    }

    private @Nullable Contribution contribution(@Nullable Resource without) {
        if (resource == null) {
            return without == null ? null : new Contribution.Absence();
        }
        if (without == null) {
            return new Contribution.Presence();
        }
        return resource.sameContent(without)
                ? null
                : new Contribution.Fields(FieldDifference.between(without, resource));
    }

    /** The service whose load assignment the resource is. */
    private boolean isOf(ServiceKey service) {
        return name.typeUrl().equals(ResourceTypes.LOAD_ASSIGNMENT)
                && GroupResources.clusterOf(name)
                        .map(cluster -> new ServiceKey(state.mesh(), cluster.namespace(), cluster.service()))
                        .filter(service::equals)
                        .isPresent();
    }

    /** A cluster and its load assignments are made of the Service, whichever groups have them. */
    private boolean isItsService(ConfigKey key) {
        Optional<ClusterName> cluster = ClusterName.parse(name.name()).or(() -> GroupResources.clusterOf(name));
        return key.kind() == Kind.SERVICE
                && cluster.map(named -> named.service(state.mesh()))
                        .filter(key::equals)
                        .isPresent();
    }
}
