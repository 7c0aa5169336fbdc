package io.tailrace.translator.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.Collection;
import java.util.List;

/**
 * An Envoy resource as the translation made it; the version and the position are the log's business.
 *
 * @param scope the group's name, or empty for what groups share
 * @param bytes the message, serialized deterministically
 * @param refs what it names that a node needs before it, or with it; sorted
 * @param causes sorted
 * @param raw it comes from an EnvoyResource: a change isn't held back for its refs
 */
public record Resource(
        ResourceName id, String scope, ByteString bytes, List<ResourceName> refs, List<Cause> causes, boolean raw) {
    public Resource {
        refs = refs.stream().sorted().distinct().toList();
        causes = Cause.sorted(causes);
    }

    /** One that the translation made itself. */
    public static Resource of(
            String scope, String name, Message message, Collection<ResourceName> refs, Collection<Cause> causes) {
        ResourceName id = new ResourceName(Deterministic.typeUrl(message), name);
        return new Resource(id, scope, Deterministic.serialize(message), List.copyOf(refs), List.copyOf(causes), false);
    }

    /** Its place in a group's list. */
    public ListEntry entry() {
        return new ListEntry(id, scope);
    }

    /** Equal for a node and for the gateway: causes alone make no new record. */
    public boolean sameRecord(Resource other) {
        return id.equals(other.id)
                && scope.equals(other.scope)
                && bytes.equals(other.bytes)
                && refs.equals(other.refs)
                && raw == other.raw;
    }
}
