package io.tailrace.translator.config;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.log.v1.Body;
import io.tailrace.schemas.log.v1.Ref;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.Cause;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.State;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of one mesh. One is written when its content, or what the gateway goes by, differs from what stands; other
 * causes alone are no reason. Equal content keeps its version, whatever else has changed.
 */
final class Bodies {
    private final String mesh;
    private final int partition;
    private final State state;
    private final OptionalLong revision;
    private final ChangeBuilder change;

    /** @param revision of the event; empty: a rebuild, where each body's newest cause tells it */
    Bodies(String mesh, int partition, State state, OptionalLong revision, ChangeBuilder change) {
        this.mesh = mesh;
        this.partition = partition;
        this.state = state;
        this.revision = revision;
        this.change = change;
    }

    void want(Resource resource) {
        String key = key(resource.id(), resource.scope());
        Body before = standing(key);
        List<Ref> refs = resource.refs().stream().map(ResourceName::toProto).toList();
        String kept = null;
        if (before != null
                && before.getResource().equals(resource.bytes())
                && before.getTtlMs() == resource.ttl().toMillis()) {
            if (before.getRaw() == resource.raw() && before.getRefsList().equals(refs)) {
                return;
            }
            kept = before.getVersion();
        }
        Body.Builder body = Body.newBuilder()
                .setTypeUrl(resource.id().typeUrl())
                .setScope(resource.scope())
                .setName(resource.id().name())
                .setResource(resource.bytes())
                .setVersion(kept == null ? version(resource) : kept)
                .addAllRefs(refs)
                .setRaw(resource.raw())
                .setTtlMs(resource.ttl().toMillis());
        resource.causes().forEach(cause -> body.addCauses(cause.toProto(partition)));
        byte[] value = Deterministic.serializeToArray(
                ResourceRecord.newBuilder().setBody(body).build());
        change.write(mesh, Topic.RESOURCES, key, value);
    }

    void drop(ResourceName id, String scope) {
        String key = key(id, scope);
        if (state.standing(Topic.RESOURCES, key) != null) {
            change.write(mesh, Topic.RESOURCES, key, null);
        }
    }

    private String version(Resource resource) {
        long newest = revision.orElseGet(() ->
                resource.causes().stream().mapToLong(Cause::revision).max().orElse(0));
        return Version.ofConfig(newest, resource.content()).text();
    }

    private String key(ResourceName id, String scope) {
        return RecordKeys.body(mesh, TypeNames.of(id.typeUrl()), scope, id.name());
    }

    private @Nullable Body standing(String key) {
        byte[] bytes = state.standing(Topic.RESOURCES, key);
        try {
            return bytes == null ? null : ResourceRecord.parseFrom(bytes).getBody();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of what stands holds what was never written", e);
        }
    }
}
