package io.tailrace.translator.core;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.tailrace.schemas.bytes.Deterministic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Envoy resource as the translation made it; the version and the position are the log's business.
 *
 * @param scope the group's name, or empty for what groups share
 * @param bytes the message, serialized deterministically
 * @param refs what it names that a node needs before it, or with it; sorted
 * @param causes sorted
 * @param origin the EnvoyResource that it comes from; null: the translation made it itself
 */
public record Resource(
        ResourceName id,
        String scope,
        ByteString bytes,
        List<ResourceName> refs,
        List<Cause> causes,
        @Nullable Raw origin) {
    /** What an EnvoyResource says beside the message; a ttl of zero: it has none. */
    public record Raw(Duration ttl) {}

    public Resource {
        refs = refs.stream().sorted().distinct().toList();
        causes = Cause.sorted(causes);
    }

    /** One that the translation made itself. */
    public static Resource of(
            String scope, String name, Message message, Collection<ResourceName> refs, Collection<Cause> causes) {
        ResourceName id = new ResourceName(Deterministic.typeUrl(message), name);
        return new Resource(id, scope, Deterministic.serialize(message), List.copyOf(refs), List.copyOf(causes), null);
    }

    /** Its place in a group's list. */
    public ListEntry entry() {
        return new ListEntry(id, scope);
    }

    /** It comes from an EnvoyResource: a change isn't held back for its refs. */
    public boolean raw() {
        return origin != null;
    }

    /** How long a node keeps it that hears of it no more; zero: for good. */
    public Duration ttl() {
        return origin == null ? Duration.ZERO : origin.ttl();
    }

    /** Of what a version has the hash: the bytes or, as a node must hear of another ttl too, what they go out in with it. */
    public ByteString content() {
        if (ttl().isZero()) {
            return bytes;
        }
        return Deterministic.serialize(io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
                .setResource(Any.newBuilder().setTypeUrl(id.typeUrl()).setValue(bytes))
                .setTtl(Durations.fromMillis(ttl().toMillis()))
                .build());
    }

    /** The same for a node. */
    public boolean sameContent(Resource other) {
        return bytes.equals(other.bytes) && ttl().equals(other.ttl());
    }

    /** Equal for a node and for the gateway: causes alone make no new record. */
    public boolean sameRecord(Resource other) {
        return id.equals(other.id)
                && scope.equals(other.scope)
                && sameContent(other)
                && refs.equals(other.refs)
                && raw() == other.raw();
    }
}
