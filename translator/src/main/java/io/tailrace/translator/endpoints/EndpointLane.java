package io.tailrace.translator.endpoints;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.AssignmentKey;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.Lane;
import io.tailrace.translator.lane.State;
import io.tailrace.translator.lane.StoreDifference;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event means for the load assignments of a partition: an endpoint's touches those of its service, and only the
 * ports that it serves or has served; a policy's makes the new one beside and takes the old one away. A service has its
 * assignments from the moment of its policy on, with or without endpoints.
 */
public final class EndpointLane implements Lane {
    /** Endpoints by key. */
    public static final String ENDPOINTS = "endpoints";
    /** Policies by service. */
    public static final String POLICIES = "policies";

    private final State state;
    private final ServiceAssignments assignments;
    private final Map<ServiceKey, ServiceModel> services = new HashMap<>();
    // What is due, and what failed besides.
    private final Map<ServiceKey, Occasion> occasions = new HashMap<>();
    private final Set<ServiceKey> dueServices = new LinkedHashSet<>();
    private int due;

    private EndpointLane(int partition, State state) {
        this.state = state;
        assignments = new ServiceAssignments(partition);
    }

    public static Factory factory() {
        return new Factory() {
            @Override
            public Lane fromStores(int partition, State state) {
                EndpointLane lane = new EndpointLane(partition, state);
                lane.load();
                return lane;
            }

            @Override
            public Lane empty(int partition, State state) {
                return new EndpointLane(partition, state);
            }
        };
    }

    /** The stores follow each event; the assignments of a service are due, once for however many events. */
    @Override
    public Change take(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Event event -> endpoint(event);
            case Arrival.Policy policy -> policy(policy);
            case Arrival.Broken broken -> Change.NONE; // the endpoint before it stays
        };
    }

    @Override
    public int due() {
        return due;
    }

    @Override
    public boolean isBehind() {
        return !occasions.isEmpty();
    }

    /** What can't be translated keeps its occasion, and is tried again with the service's next event. */
    @Override
    public Change settle() {
        ChangeBuilder change = new ChangeBuilder();
        List<ServiceKey> keys = List.copyOf(dueServices);
        dueServices.clear();
        due = 0;
        for (ServiceKey key : keys) {
            ServiceModel service = service(key);
            Occasion occasion = occasions.getOrDefault(key, Occasion.rebuild());
            if (assignments.translate(service, occasion, change)) {
                occasions.remove(key);
            }
            forgetIfEmpty(service);
        }
        return change.build();
    }

    @Override
    public void absorb(Arrival arrival) {
        switch (arrival) {
            case Arrival.Event event -> absorb(event);
            case Arrival.Policy policy -> service(policy.key()).policy(policy.policy());
            case Arrival.Broken broken -> {}
        }
    }

    @Override
    public Change rebuild() {
        services.values().forEach(service -> service.standing().clear());
        loadStanding();
        ChangeBuilder change = new ChangeBuilder();
        storeEverything(change);
        occasions.clear();
        dueServices.clear();
        due = 0;
        for (ServiceModel service : List.copyOf(services.values())) {
            if (!assignments.translate(service, Occasion.rebuild(), change)) {
                occasions.put(service.key(), Occasion.rebuild());
            }
            forgetIfEmpty(service);
        }
        return change.build();
    }

    @Override
    public byte[] marker(MarkerFacts facts) {
        return AssignmentRecord.newBuilder()
                .setMarker(AssignmentMarker.newBuilder()
                        .setSequence(facts.sequence())
                        .setEndpointsOffset(facts.newest().getOrDefault(Topic.ENDPOINTS, -1L))
                        .setPoliciesOffset(facts.newest().getOrDefault(Topic.POLICIES, -1L))
                        .setEventTimeMs(facts.eventTimeMs()))
                .build()
                .toByteArray();
    }

    private Change endpoint(Arrival.Event event) {
        EndpointKey key = (EndpointKey) event.key();
        ServiceModel service = service(key.serviceKey());
        PlacedEndpoint before = service.endpoints().get(key);
        if (Objects.equals(before == null ? null : before.endpoint(), event.object())) {
            forgetIfEmpty(service);
            return Change.NONE;
        }
        PlacedEndpoint now = put(service, event, key);
        occasion(service).endpoint(event, key, before, now);
        ChangeBuilder change = new ChangeBuilder();
        change.put(ENDPOINTS, key.text(), now == null ? null : now.stored());
        return change.build();
    }

    private Change policy(Arrival.Policy arrival) {
        ServiceModel service = service(arrival.key());
        ServicePolicy policy = arrival.policy();
        if (policy == null && service.policy() == null && service.standing().isEmpty()) {
            forgetIfEmpty(service);
            return Change.NONE;
        }
        service.policy(policy);
        occasion(service).policy(arrival);
        ChangeBuilder change = new ChangeBuilder();
        change.put(POLICIES, arrival.key().text(), policy == null ? null : Deterministic.serializeToArray(policy));
        return change.build();
    }

    private static @Nullable PlacedEndpoint put(ServiceModel service, Arrival.Event event, EndpointKey key) {
        PlacedEndpoint now = event.object() instanceof Endpoint endpoint
                ? PlacedEndpoint.of(key, endpoint, event.place().position())
                : null;
        if (now == null) {
            service.endpoints().remove(key);
        } else {
            service.endpoints().put(key, now);
        }
        return now;
    }

    private Occasion occasion(ServiceModel service) {
        if (dueServices.add(service.key())) {
            due += 1 + service.endpoints().size();
        }
        return occasions.computeIfAbsent(service.key(), _ -> Occasion.ofEvents());
    }

    private ServiceModel service(ServiceKey key) {
        return services.computeIfAbsent(key, ServiceModel::new);
    }

    private void absorb(Arrival.Event event) {
        EndpointKey key = (EndpointKey) event.key();
        ServiceModel service = service(key.serviceKey());
        PlacedEndpoint before = service.endpoints().get(key);
        if (!Objects.equals(before == null ? null : before.endpoint(), event.object())) {
            PlacedEndpoint _ = put(service, event, key);
        }
        forgetIfEmpty(service);
    }

    private void forgetIfEmpty(ServiceModel service) {
        if (service.isEmpty() && !dueServices.contains(service.key())) {
            services.remove(service.key());
        }
    }

    private void load() {
        state.forEach(ENDPOINTS, (text, value) -> {
            EndpointKey key = (EndpointKey) ObjectKey.parse(text);
            service(key.serviceKey()).endpoints().put(key, PlacedEndpoint.parse(key, value));
        });
        state.forEach(POLICIES, (text, value) -> service(ServiceKey.parse(text)).policy(policy(value)));
        loadStanding();
    }

    private void loadStanding() {
        state.forEachStanding(Topic.ASSIGNMENTS, "", (text, value) -> {
            if (RecordKeys.parseAssignment(text) instanceof AssignmentKey.OfAssignment key) {
                service(owner(key)).standing().put(key.name(), contentHash(value));
            }
        });
    }

    /** The store's difference to the model, which may have been read anew. */
    private void storeEverything(ChangeBuilder change) {
        StoreDifference endpoints = new StoreDifference(state, ENDPOINTS);
        StoreDifference policies = new StoreDifference(state, POLICIES);
        for (ServiceModel service : services.values()) {
            service.endpoints().forEach((key, placed) -> endpoints.wanted(key.text(), placed.stored()));
            ServicePolicy policy = service.policy();
            if (policy != null) {
                policies.wanted(service.key().text(), Deterministic.serializeToArray(policy));
            }
        }
        endpoints.addTo(change);
        policies.addTo(change);
    }

    private static ServiceKey owner(AssignmentKey.OfAssignment key) {
        ClusterName cluster = ClusterName.parse(
                        key.name().substring(0, key.name().lastIndexOf('~')))
                .orElseThrow(() -> new IllegalStateException("no name of a load assignment: " + key.name()));
        return new ServiceKey(key.mesh(), cluster.namespace(), cluster.service());
    }

    private static ServicePolicy policy(byte[] bytes) {
        try {
            return ServicePolicy.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of policies holds what was never written", e);
        }
    }

    private static String contentHash(byte[] bytes) {
        try {
            String version = AssignmentRecord.parseFrom(bytes).getAssignment().getVersion();
            return Version.parse(version).contentHash();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of what stands holds what was never written", e);
        }
    }
}
