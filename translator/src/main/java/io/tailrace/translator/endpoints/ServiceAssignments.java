package io.tailrace.translator.endpoints;

import com.google.protobuf.ByteString;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.clusters.LoadAssignments;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.Sizes;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what a service's assignments should be with what stands, and writes the difference. */
final class ServiceAssignments {
    private final int partition;

    ServiceAssignments(int partition) {
        this.partition = partition;
    }

    /**
     * The ports that are touched, and those whose assignment doesn't stand yet; assignments of no port any more go.
     *
     * @return false: it could not be translated, and keeps what it had
     */
    boolean translate(ServiceModel service, Occasion occasion, ChangeBuilder change) {
        SortedMap<String, String> before = new TreeMap<>(service.standing());
        ChangeBuilder own = new ChangeBuilder();
        try {
            compare(service, occasion, own);
            change.add(Sizes.checked(own.build()));
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            service.standing().clear();
            service.standing().putAll(before);
            change.failed("service " + service.key().text() + ": " + e);
            return false;
        }
    }

    private void compare(ServiceModel service, Occasion occasion, ChangeBuilder change) {
        ServicePolicy policy = service.policy();
        List<PortPolicy> ports = policy == null ? List.of() : policy.getPortsList();
        for (PortPolicy port : ports) {
            if (policy != null && (occasion.touches(port) || !service.standing().containsKey(port.getAssignment()))) {
                port(service, policy, port, occasion, change);
            }
        }
        List<String> wanted = ports.stream().map(PortPolicy::getAssignment).toList();
        for (String name : List.copyOf(service.standing().keySet())) {
            if (!wanted.contains(name)) {
                service.standing().remove(name);
                write(service, name, null, change);
            }
        }
    }

    private void port(
            ServiceModel service, ServicePolicy policy, PortPolicy port, Occasion occasion, ChangeBuilder change) {
        List<PlacedEndpoint> serving = service.serving(port);
        ByteString bytes = Deterministic.serialize(LoadAssignments.of(
                port, serving.stream().map(PlacedEndpoint::endpoint).toList()));
        Version version = version(policy, serving, occasion.endpointOffset(port), bytes);
        String before = service.standing().put(port.getAssignment(), version.contentHash());
        if (version.contentHash().equals(before)) {
            return;
        }
        Assignment assignment = Assignment.newBuilder()
                .setName(port.getAssignment())
                .setResource(bytes)
                .setVersion(version.text())
                .addAllCauses(causes(policy, serving, occasion.deletions(port)))
                .setEventTimeMs(occasion.timeMs())
                .build();
        write(service, port.getAssignment(), assignment, change);
    }

    /** Of an assignment that no endpoint's event has made so, the revision alone. */
    private Version version(
            ServicePolicy policy, List<PlacedEndpoint> serving, OptionalLong endpointOffset, ByteString bytes) {
        OptionalLong offset = endpointOffset.isPresent()
                ? endpointOffset
                : serving.stream()
                        .mapToLong(endpoint -> endpoint.position().getOffset())
                        .max();
        return offset.isPresent()
                ? Version.ofAssignment(policy.getRevision(), partition, offset.getAsLong(), bytes)
                : Version.ofConfig(policy.getRevision(), bytes);
    }

    private static List<Cause> causes(ServicePolicy policy, List<PlacedEndpoint> serving, Stream<Cause> deletions) {
        // Nearly sorted, as that's the order of their kinds.
        return Stream.of(serving.stream().map(PlacedEndpoint::cause), policy.getCausesList().stream(), deletions)
                .flatMap(causes -> causes)
                .sorted(Comparator.comparing(Cause::getKey))
                .toList();
    }

    private static void write(
            ServiceModel service, String name, @Nullable Assignment assignment, ChangeBuilder change) {
        String mesh = service.key().mesh();
        byte[] value = assignment == null
                ? null
                : AssignmentRecord.newBuilder()
                        .setAssignment(assignment)
                        .build()
                        .toByteArray();
        change.write(mesh, Topic.ASSIGNMENTS, RecordKeys.assignment(mesh, name), value);
    }
}
