package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.NodeSelector;
import io.tailrace.schemas.v1.ProxyGroupSpec;
import java.util.Map;
import java.util.TreeMap;

/** The rules of proxy_group.proto. */
final class ProxyGroupChecks {
    private static final String SELECTOR = "spec.selector";

    private ProxyGroupChecks() {}

    static void check(ProxyGroupSpec spec, Report report) {
        NodeSelector selector = spec.getSelector();
        if (selector.equals(NodeSelector.getDefaultInstance())
                || selector.equals(NodeSelector.newBuilder()
                        .setLocality(selector.getLocality().getDefaultInstanceForType())
                        .build())) {
            report.add(SELECTOR, "nothing", "at least one of nodeCluster, nodeId, metadata, locality");
        }
        pattern(SELECTOR + ".nodeCluster", selector.getNodeCluster(), report);
        pattern(SELECTOR + ".nodeId", selector.getNodeId(), report);
        for (Map.Entry<String, String> entry : new TreeMap<>(selector.getMetadataMap()).entrySet()) {
            String field = SELECTOR + ".metadata[" + entry.getKey() + "]";
            if (entry.getKey().isEmpty()) {
                report.add(field, "an empty name", "the name of a field of node.metadata");
            }
            Rules.required(field, entry.getValue(), "a value, or \"*\" for any", report);
            pattern(field, entry.getValue(), report);
        }
        pattern(SELECTOR + ".locality.region", selector.getLocality().getRegion(), report);
        pattern(SELECTOR + ".locality.zone", selector.getLocality().getZone(), report);
        pattern(SELECTOR + ".locality.subZone", selector.getLocality().getSubZone(), report);
    }

    private static void pattern(String field, String value, Report report) {
        int star = value.indexOf('*');
        if (star >= 0 && star < value.length() - 1) {
            report.text(field, value, "'*' at the end only, where it stands for any rest");
        }
    }
}
