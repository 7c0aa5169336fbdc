package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.config.ConfigLane;
import io.tailrace.translator.core.GroupTranslation;
import io.tailrace.translator.endpoints.EndpointLane;
import java.util.List;

/** The two lanes, by what they read and write. */
public enum Lanes {
    /** Config and secrets, by mesh, to resources, policies and status. */
    CONFIG("config"),
    /** Endpoints and policies, by service, to load assignments. */
    ENDPOINTS("endpoints");

    private final String id;

    Lanes(String id) {
        this.id = id;
    }

    /** "config" or "endpoints". */
    public String id() {
        return id;
    }

    LaneDefinition definition() {
        return switch (this) {
            case CONFIG ->
                new LaneDefinition(
                        id,
                        List.of(Topic.CONFIG, Topic.SECRETS),
                        List.of(),
                        List.of(Topic.RESOURCES, Topic.POLICIES, Topic.STATUS),
                        List.of(ConfigLane.OBJECTS),
                        GroupTranslation.CODE,
                        // A translation may take long, and of each task Kafka Streams does more and more between two
                        // commits: it must not come to what a transaction may last.
                        5,
                        ConfigLane.factory());
            // The config lane writes lost policies again.
            case ENDPOINTS ->
                new LaneDefinition(
                        id,
                        List.of(Topic.ENDPOINTS, Topic.POLICIES),
                        List.of(Topic.POLICIES),
                        List.of(Topic.ASSIGNMENTS),
                        List.of(EndpointLane.ENDPOINTS, EndpointLane.POLICIES),
                        GroupTranslation.CODE,
                        // A commit costs 10 ms or more, whatever is in it.
                        50,
                        EndpointLane.factory());
        };
    }
}
