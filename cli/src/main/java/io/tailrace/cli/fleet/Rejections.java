package io.tailrace.cli.fleet;

import io.tailrace.schemas.log.v1.RejectedResource;
import io.tailrace.schemas.log.v1.Rejection;
import io.tailrace.translator.core.ResourceTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node rejects, for people and programs. */
final class Rejections {
    private Rejections() {}

    /** A line for each resource of the rejected response, with its version, and one with the client's words. */
    static List<String> lines(String node, Rejection rejection) {
        List<String> lines = new ArrayList<>();
        String type = ResourceTypes.shortName(rejection.getTypeUrl());
        for (RejectedResource resource : rejection.getResourcesList()) {
            lines.add(node + " rejects " + type + " " + resource.getName()
                    + (resource.getVersion().isEmpty() ? " (its removal)" : " (" + resource.getVersion() + ")") + ": "
                    + rejection.getMessage());
        }
        return lines.isEmpty() ? List.of(node + " rejects " + type + ": " + rejection.getMessage()) : lines;
    }

    /** As JSON and YAML show it. */
    static Map<String, Object> tree(Rejection rejection) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", rejection.getTypeUrl());
        tree.put("message", rejection.getMessage());
        tree.put("timeMs", rejection.getTimeMs());
        List<Object> resources = new ArrayList<>();
        for (RejectedResource resource : rejection.getResourcesList()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", resource.getName());
            each.put("version", resource.getVersion());
            resources.add(each);
        }
        tree.put("resources", resources);
        return tree;
    }
}
