package io.tailrace.translator.core;

import io.tailrace.schemas.log.v1.Ref;
import java.util.Comparator;

/** Names a resource as a node sees it: by type and name. */
public record ResourceName(String typeUrl, String name) implements Comparable<ResourceName> {
    private static final Comparator<ResourceName> ORDER =
            Comparator.comparing(ResourceName::typeUrl).thenComparing(ResourceName::name);

    public Ref toProto() {
        return Ref.newBuilder().setTypeUrl(typeUrl).setName(name).build();
    }

    @Override
    public int compareTo(ResourceName other) {
        return ORDER.compare(this, other);
    }
}
