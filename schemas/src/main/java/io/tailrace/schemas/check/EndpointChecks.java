package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules of endpoint.proto. */
final class EndpointChecks {
    private static final int MAX_WEIGHT = 128;
    // SPIFFE-ID, 2: a trust domain and a path; at most 2048 bytes.
    private static final Pattern SPIFFE_ID =
            Pattern.compile("spiffe://[a-z0-9._-]{1,255}(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");
    private static final int MAX_IDENTITY = 2048;

    private EndpointChecks() {}

    static void check(Endpoint endpoint, Report report) {
        EndpointSpec spec = endpoint.getSpec();
        Rules.printable("metadata.name", endpoint.getMetadata().getName(), report);
        Rules.name("spec.service", spec.getService(), report);
        Rules.printable("spec.source", spec.getSource(), report);
        Rules.printable("spec.instance", spec.getInstance(), report);
        if (Addresses.canonical(spec.getAddress()).isEmpty()) {
            report.text("spec.address", spec.getAddress(), "an IPv4 or IPv6 address");
        }
        Rules.count("spec.ports", spec.getPortsCount(), 1, Integer.MAX_VALUE, report);
        for (Map.Entry<String, Integer> port : new TreeMap<>(spec.getPortsMap()).entrySet()) {
            String field = "spec.ports[" + port.getKey() + "]";
            Rules.dnsLabel(field, port.getKey(), report);
            Rules.port(field, port.getValue(), report);
        }
        if (spec.hasWeight()) {
            Rules.range("spec.weight", spec.getWeight(), 1, MAX_WEIGHT, report);
        }
        locality(spec, report);
        if (!spec.getNetwork().isEmpty()) {
            Rules.printable("spec.network", spec.getNetwork(), report);
        }
        String identity = spec.getIdentity();
        if (!identity.isEmpty()
                && (identity.length() > MAX_IDENTITY
                        || !SPIFFE_ID.matcher(identity).matches())) {
            report.text("spec.identity", identity, "a SPIFFE id (\"spiffe://domain/path\")");
        }
    }

    private static void locality(EndpointSpec spec, Report report) {
        String field = "spec.locality";
        String region = spec.getLocality().getRegion();
        String zone = spec.getLocality().getZone();
        String subZone = spec.getLocality().getSubZone();
        if (!region.isEmpty()) {
            Rules.printable(field + ".region", region, report);
        }
        if (!zone.isEmpty()) {
            Rules.printable(field + ".zone", zone, report);
        }
        if (!subZone.isEmpty()) {
            Rules.printable(field + ".subZone", subZone, report);
        }
    }
}
