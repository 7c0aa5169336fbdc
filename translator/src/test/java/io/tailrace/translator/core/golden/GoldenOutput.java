package io.tailrace.translator.core.golden;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.ServiceTranslation;
import io.tailrace.translator.core.clusters.LoadAssignments;
import io.tailrace.translator.core.render.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a case gives, as the files that hold it. */
record GoldenOutput(GoldenCase golden, MeshTranslation mesh) {

    static GoldenOutput of(GoldenCase golden) {
        return new GoldenOutput(golden, golden.snapshot().translate());
    }

    /** By file name. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        mesh.groups().keySet().forEach(group -> files.put(group + ".yaml", Rendering.yaml(mesh.resourcesOf(group))));
        files.put("status.yaml", Rendering.yaml(trees(mesh.statuses())));
        files.put("records.yaml", Rendering.yaml(records()));
        if (!mesh.services().isEmpty()) {
            files.put("policies.yaml", Rendering.yaml(policies()));
        }
        if (!golden.endpoints().isEmpty()) {
            files.put(
                    "assignments.yaml",
                    Rendering.yaml(
                            assignments().values().stream().map(Rendering::tree).toList()));
        }
        return files;
    }

    /** By cluster name: what the endpoint lane would give. */
    SortedMap<String, ClusterLoadAssignment> assignments() {
        SortedMap<String, ClusterLoadAssignment> assignments = new TreeMap<>();
        mesh.services()
                .forEach((service, translation) -> translation
                        .policy()
                        .getPortsList()
                        .forEach(port -> {
                            String cluster = port.getAssignment()
                                    .substring(0, port.getAssignment().indexOf('~'));
                            assignments.put(
                                    cluster,
                                    LoadAssignments.of(
                                            port, golden.endpointsOf(service).values()));
                        }));
        return assignments;
    }

    private Map<String, Object> policies() {
        Map<String, Object> policies = new LinkedHashMap<>();
        mesh.services()
                .forEach((service, translation) -> policies.put(service.text(), Rendering.tree(translation.policy())));
        return policies;
    }

    /** What stands beside the bytes: groups, lists, refs and causes. */
    private Map<String, Object> records() {
        Map<String, Object> bodies = new TreeMap<>();
        Map<String, Object> groups = new TreeMap<>();
        mesh.groups().forEach((name, group) -> {
            group.translation().resources().values().forEach(resource -> bodies.put(key(resource), record(resource)));
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("selector", Rendering.tree(group.group().getSelector()));
            record.put(
                    "list",
                    group.translation().entries().stream()
                            .map(entry -> ResourceTypes.shortName(entry.id().typeUrl()) + " " + entry.scope() + "/"
                                    + entry.id().name())
                            .toList());
            groups.put(name, record);
        });
        for (ServiceTranslation service : mesh.services().values()) {
            service.clusters().forEach(cluster -> bodies.put(key(cluster), record(cluster)));
        }
        Map<String, Object> records = new LinkedHashMap<>();
        records.put("groups", groups);
        records.put("bodies", bodies);
        return records;
    }

    private static Map<String, Object> record(Resource resource) {
        List<String> causes = new ArrayList<>();
        resource.causes()
                .forEach(cause ->
                        causes.add(cause.key() + " at " + cause.revision() + (cause.deletion() ? ", deleted" : "")));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(
                "refs",
                resource.refs().stream()
                        .map(ref -> ResourceTypes.shortName(ref.typeUrl()) + " " + ref.name())
                        .toList());
        record.put("causes", causes);
        if (resource.raw()) {
            record.put("raw", true);
        }
        if (!resource.ttl().isZero()) {
            record.put("ttl", resource.ttl().toString());
        }
        return record;
    }

    private static String key(Resource resource) {
        return ResourceTypes.shortName(resource.id().typeUrl()) + " " + resource.scope() + "/"
                + resource.id().name();
    }

    private static Map<String, Object> trees(SortedMap<ConfigKey, ? extends Message> messages) {
        Map<String, Object> trees = new LinkedHashMap<>();
        messages.forEach((key, message) -> trees.put(key.text(), Rendering.tree(message)));
        return trees;
    }
}
