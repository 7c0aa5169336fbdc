package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.BackendRef;
import io.tailrace.schemas.v1.HTTPBackendRef;
import io.tailrace.schemas.v1.ParentReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of route.proto: what routes attach to, and where they send. */
final class ReferenceChecks {
    private static final String GATEWAY_API = "gateway.networking.k8s.io";
    private static final int MAX_WEIGHT = 1_000_000;
    // Envoy adds a route's weights up in 32 bits and rejects what overflows (route.v3.WeightedCluster).
    private static final long MAX_SUM = 0xffff_ffffL;

    private ReferenceChecks() {}

    static void parents(List<ParentReference> parents, String namespace, Report report) {
        Rules.count("spec.parentRefs", parents.size(), 1, Integer.MAX_VALUE, report);
        Set<ParentReference> seen = new HashSet<>();
        for (int i = 0; i < parents.size(); i++) {
            ParentReference parent = parents.get(i);
            String field = "spec.parentRefs[" + i + "]";
            if (!parent.getGroup().isEmpty() && !parent.getGroup().equals(GATEWAY_API)) {
                report.text(field + ".group", parent.getGroup(), "nothing or \"" + GATEWAY_API + "\"");
            }
            kind(field, parent.getKind(), "Gateway", report);
            Rules.name(field + ".name", parent.getName(), report);
            Rules.namespaceOrEmpty(field + ".namespace", parent.getNamespace(), report);
            if (!parent.getSectionName().isEmpty()) {
                Rules.dnsLabel(field + ".sectionName", parent.getSectionName(), report);
            }
            if (parent.hasPort()) {
                Rules.port(field + ".port", parent.getPort(), report);
            }
            if (!seen.add(spelledOut(parent, namespace))) {
                report.text(field, parent.getName(), "each parent once; it stands there twice");
            }
        }
    }

    static void backends(String field, List<BackendRef> backends, Report report) {
        for (int i = 0; i < backends.size(); i++) {
            BackendRef backend = backends.get(i);
            backend(field + "[" + i + "]", backend, report);
        }
        weights(field, backends.stream().map(ReferenceChecks::weight).toList(), report);
    }

    static void httpBackends(String field, List<HTTPBackendRef> backends, Report report) {
        for (int i = 0; i < backends.size(); i++) {
            HTTPBackendRef backend = backends.get(i);
            backend(field + "[" + i + "]", plain(backend), report);
            HttpFilterChecks.backendFilters(field + "[" + i + "].filters", backend.getFiltersList(), report);
        }
        weights(field, backends.stream().map(backend -> weight(plain(backend))).toList(), report);
    }

    private static void backend(String field, BackendRef backend, Report report) {
        if (!backend.getGroup().isEmpty()) {
            report.text(field + ".group", backend.getGroup(), "nothing: the core group");
        }
        kind(field, backend.getKind(), "Service", report);
        Rules.name(field + ".name", backend.getName(), report);
        Rules.namespaceOrEmpty(field + ".namespace", backend.getNamespace(), report);
        if (backend.hasPort()) {
            Rules.port(field + ".port", backend.getPort(), report);
        }
        if (backend.hasWeight()) {
            Rules.range(field + ".weight", backend.getWeight(), 0, MAX_WEIGHT, report);
        }
    }

    private static void weights(String field, List<Long> weights, Report report) {
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        if (!weights.isEmpty() && sum == 0) {
            report.add(
                    field,
                    "only weights of 0",
                    "a weight above 0 for one of them",
                    "To answer requests with an error, leave the backends out");
        } else if (sum > MAX_SUM) {
            report.add(field, "weights that add up to " + sum, "at most " + MAX_SUM);
        }
    }

    private static void kind(String field, String kind, String expected, Report report) {
        if (!kind.isEmpty() && !kind.equals(expected)) {
            report.text(field + ".kind", kind, "nothing or \"" + expected + "\"");
        }
    }

    private static long weight(BackendRef backend) {
        return backend.hasWeight() ? Integer.toUnsignedLong(backend.getWeight()) : 1;
    }

    private static BackendRef plain(HTTPBackendRef http) {
        BackendRef.Builder plain = BackendRef.newBuilder()
                .setGroup(http.getGroup())
                .setKind(http.getKind())
                .setName(http.getName())
                .setNamespace(http.getNamespace());
        if (http.hasPort()) {
            plain.setPort(http.getPort());
        }
        if (http.hasWeight()) {
            plain.setWeight(http.getWeight());
        }
        return plain.build();
    }

    private static ParentReference spelledOut(ParentReference parent, String namespace) {
        return parent.toBuilder()
                .clearGroup()
                .clearKind()
                .setNamespace(parent.getNamespace().isEmpty() ? namespace : parent.getNamespace())
                .build();
    }
}
