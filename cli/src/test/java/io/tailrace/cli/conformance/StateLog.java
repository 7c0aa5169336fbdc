package io.tailrace.cli.conformance;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.publish.InvalidObjectsException;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.NodeSelector;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.ProxyGroupSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** States of nodes as events on the log. A node is a group of its own, since the harness names nodes by their id alone. */
final class StateLog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Publisher publisher;
    private final GatewayReach gateway;

    StateLog(Map<String, Object> kafka, String gatewayName) {
        publisher = new Publisher(PublisherConfig.ofCommand(kafka, Topics.DEFAULT, "conformance"));
        gateway = GatewayReach.follow(kafka, gatewayName);
    }

    /** Says that the node has what is {@code wanted} and nothing else of what it held; returns the last event. */
    Published publish(String node, Map<Resource, Any> held, Map<Resource, Any> wanted) {
        List<ChangeEvent> events = new ArrayList<>();
        // Stays when all of the node's resources are gone: a node that no group selects keeps what it has.
        events.add(publisher.change(group(node)));
        wanted.forEach((resource, body) -> {
            if (!body.equals(held.get(resource))) {
                events.add(publisher.change(object(node, resource, body)));
            }
        });
        held.forEach((resource, body) -> {
            if (!wanted.containsKey(resource)) {
                events.add(publisher.deletion(
                        publisher.change(object(node, resource, body)).key()));
            }
        });
        return publish(events);
    }

    private Published publish(List<ChangeEvent> events) {
        try {
            // All of a mesh lies in one partition.
            return publisher.publish(events).stream()
                    .max(Comparator.comparingLong(Published::offset))
                    .orElseThrow();
        } catch (InvalidObjectsException e) {
            throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
        }
    }

    /** Returns when the gateway's view holds what was published. */
    void awaitView(Published last) {
        try {
            if (!gateway.await(last, LIMIT)) {
                throw Status.UNAVAILABLE
                        .withDescription("the gateway has not reached revision " + last.offset() + " within " + LIMIT)
                        .asRuntimeException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("the adapter ends").asRuntimeException();
        }
    }

    private static ProxyGroup group(String node) {
        return ProxyGroup.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(ObjectName.of(node)))
                .setSpec(ProxyGroupSpec.newBuilder()
                        .setSelector(NodeSelector.newBuilder().setNodeId(node)))
                .build();
    }

    private static EnvoyResource object(String node, Resource resource, Any body) {
        String name = ObjectName.of(node, resource.type().name(), resource.name());
        return EnvoyResource.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(EnvoyResourceSpec.newBuilder()
                        .addGroups(ObjectName.of(node))
                        .setResource(body))
                .build();
    }

    @Override
    public void close() {
        gateway.close();
        publisher.close();
    }
}
