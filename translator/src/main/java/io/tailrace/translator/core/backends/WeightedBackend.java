package io.tailrace.translator.core.backends;

/**
 * A backend with its share among those of its rule.
 *
 * @param hasPort the backendRef says which port
 */
public record WeightedBackend(Backend backend, boolean hasPort, int weight) {

    public boolean hashes() {
        return switch (backend) {
            case Backend.Found found -> found.hashes();
            case Backend.Missing missing -> false;
        };
    }

    /** The cluster's name; of a missing one, a name that no cluster has. */
    public String cluster() {
        return switch (backend) {
            case Backend.Found found -> found.cluster().text();
            case Backend.Missing missing -> missing.name().missingText();
        };
    }

    /** The cluster's name; of a missing one, the name that it would have, if that is known. */
    public String expectedCluster() {
        return backend instanceof Backend.Missing missing && missing.name().port() > 0
                ? missing.name().text()
                : cluster();
    }

    /** Whether a TCP listener's bytes depend on the Service, and not on the backendRef alone. */
    public boolean shapesTcp() {
        return !hasPort || hashes();
    }
}
