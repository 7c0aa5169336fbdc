package io.tailrace.translator.core.clusters;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a cluster: {@code namespace/service/port}, the port as a number. A name is a contract with every running Envoy. */
public record ClusterName(String namespace, String service, int port) {
    private static final Pattern TEXT = Pattern.compile("([^/]+)/([^/]+)/([1-9][0-9]{0,4})");
    // Not a name that a service can have: ':' isn't in names.
    private static final String MISSING = "missing:";

    public static ClusterName of(ConfigKey service, int port) {
        return new ClusterName(service.namespace(), service.name(), port);
    }

    /** Reads what {@link #text} gives; empty for any other name. */
    public static Optional<ClusterName> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ClusterName(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    public String text() {
        return namespace + "/" + service + "/" + port;
    }

    /** Stands in a route for a backend that doesn't exist: no cluster has this name. A port of 0 isn't known. */
    public String missingText() {
        return MISSING + namespace + "/" + service + (port == 0 ? "" : "/" + port);
    }

    public static boolean isMissing(String name) {
        return name.startsWith(MISSING);
    }

    /** The Service's key; its name and namespace may be of a form that no Service has. */
    public ConfigKey service(String mesh) {
        return new ConfigKey(mesh, Kind.SERVICE, namespace, service);
    }
}
