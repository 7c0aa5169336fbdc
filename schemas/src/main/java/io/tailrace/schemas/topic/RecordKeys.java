package io.tailrace.schemas.topic;

import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import java.util.List;

/**
 * The keys of records that translators and gateways write, as texts and back. Every key of Tailrace is made here or in
 * {@link ObjectKey}: a key is a contract, since compaction goes by its bytes (UTF-8).
 */
public final class RecordKeys {
    /** The key of every marker: one stands in each partition of {@code resources} and {@code assignments}. */
    public static final String MARKER = "marker";

    private RecordKeys() {}

    /** A body on {@code resources}. The type is a message's full name; the scope is empty for what groups share. */
    public static String body(String mesh, String type, String scope, String name) {
        return KeyText.join(mesh, type, scope, name);
    }

    public static String group(String mesh, String group) {
        return KeyText.join(mesh, group);
    }

    /** A part of a group's list of one type, given by the message's full name. Chunks count from 0. */
    public static String list(String mesh, String group, String type, int chunk) {
        return KeyText.join(mesh, group, type + "." + chunk);
    }

    /** A load assignment on {@code assignments}, by the EDS service_name. */
    public static String assignment(String mesh, String name) {
        return KeyText.join(mesh, name);
    }

    public static String policy(ServiceKey service) {
        return service.text();
    }

    public static String status(ObjectKey object) {
        return object.text();
    }

    /** A gateway's report on {@code fleet}. */
    public static String gateway(String gateway) {
        return KeyText.join(gateway);
    }

    /** A node's report on {@code fleet}, as one gateway sees it. */
    public static String node(String gateway, String node) {
        return KeyText.join(gateway, node);
    }

    /** What a key on {@code resources} names. Throws {@link InvalidKeyException} if it names nothing. */
    public static ResourceKey parseResource(String key) {
        List<String> segments = KeyText.split(key);
        return switch (segments.size()) {
            case 1 -> {
                if (key.equals(MARKER)) {
                    yield new ResourceKey.OfMarker();
                }
                throw invalid(key, "\"" + MARKER + "\"");
            }
            case 2 -> new ResourceKey.OfGroup(segments.get(0), segments.get(1));
            case 3 -> list(key, segments);
            case 4 -> new ResourceKey.OfBody(segments.get(0), segments.get(1), segments.get(2), segments.get(3));
            default -> throw invalid(key, "one to four segments");
        };
    }

    /** What a key on {@code assignments} names. Throws {@link InvalidKeyException} if it names nothing. */
    public static AssignmentKey parseAssignment(String key) {
        List<String> segments = KeyText.split(key);
        if (key.equals(MARKER)) {
            return new AssignmentKey.OfMarker();
        }
        if (segments.size() != 2) {
            throw invalid(key, "mesh/name");
        }
        return new AssignmentKey.OfAssignment(segments.get(0), segments.get(1));
    }

    /** What a key on {@code fleet} names. Throws {@link InvalidKeyException} if it names nothing. */
    public static FleetKey parseFleet(String key) {
        List<String> segments = KeyText.split(key);
        return switch (segments.size()) {
            case 1 -> new FleetKey.OfGateway(segments.get(0));
            case 2 -> new FleetKey.OfNode(segments.get(0), segments.get(1));
            default -> throw invalid(key, "gateway or gateway/node");
        };
    }

    private static ResourceKey list(String key, List<String> segments) {
        String last = segments.get(2);
        int dot = last.lastIndexOf('.');
        try {
            return new ResourceKey.OfList(
                    segments.get(0),
                    segments.get(1),
                    last.substring(0, Math.max(dot, 0)),
                    Integer.parseInt(last.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw invalid(key, "mesh/group/type.chunk");
        }
    }

    private static InvalidKeyException invalid(String key, String expected) {
        return new InvalidKeyException(Problem.of("key", "\"" + key + "\"", expected));
    }
}
