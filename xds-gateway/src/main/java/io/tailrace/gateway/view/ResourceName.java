package io.tailrace.gateway.view;

import java.util.Comparator;

/** A resource as a node names it: by type and name. */
public record ResourceName(String typeUrl, String name) implements Comparable<ResourceName> {
    private static final Comparator<ResourceName> ORDER =
            Comparator.comparing(ResourceName::typeUrl).thenComparing(ResourceName::name);

    /** Of the texts' own, which they remember. */
    @Override
    public int hashCode() {
        return 31 * typeUrl.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(ResourceName other) {
        return ORDER.compare(this, other);
    }
}
