package io.tailrace.gateway.tail;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Selector;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.GroupList;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.AssignmentKey;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the records of `resources` and `assignments` say, as this gateway takes it: Envoy's own bytes stay closed. */
final class ResourceRecords {
    private static final String TYPE_PREFIX = "type.googleapis.com/";

    /** A record that says nothing to us: a key or value of no known form, or of two different things. */
    static final class UnreadableRecordException extends Exception {
        UnreadableRecordException(String found) {
            super(found);
        }

        UnreadableRecordException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    sealed interface OfResources {
        record End(Marker marker) implements OfResources {}

        record Of(Edit edit) implements OfResources {}
    }

    sealed interface OfAssignments {
        record Passed(AssignmentMarker marker) implements OfAssignments {}

        record Put(String mesh, Body body, long eventTimeMs) implements OfAssignments {}

        record Remove(String mesh, String name) implements OfAssignments {}
    }

    private ResourceRecords() {}

    static OfResources resources(String key, byte @Nullable [] value) throws UnreadableRecordException {
        try {
            ResourceRecord record = value == null ? null : ResourceRecord.parseFrom(value);
            return switch (RecordKeys.parseResource(key)) {
                case ResourceKey.OfMarker _ -> new OfResources.End(marker(record));
                case ResourceKey.OfBody body -> new OfResources.Of(body(body, record));
                case ResourceKey.OfGroup group -> new OfResources.Of(group(group, record));
                case ResourceKey.OfList list -> new OfResources.Of(list(list, record));
            };
        } catch (InvalidKeyException | InvalidProtocolBufferException e) {
            throw new UnreadableRecordException(e);
        }
    }

    static OfAssignments assignments(String key, byte @Nullable [] value) throws UnreadableRecordException {
        try {
            AssignmentRecord record = value == null ? null : AssignmentRecord.parseFrom(value);
            return switch (RecordKeys.parseAssignment(key)) {
                case AssignmentKey.OfMarker _ -> new OfAssignments.Passed(passed(record));
                case AssignmentKey.OfAssignment assignment -> assignment(assignment, record);
            };
        } catch (InvalidKeyException | InvalidProtocolBufferException e) {
            throw new UnreadableRecordException(e);
        }
    }

    private static Marker marker(@Nullable ResourceRecord record) throws UnreadableRecordException {
        if (record == null || !record.hasMarker()) {
            throw new UnreadableRecordException("no marker under a marker's key");
        }
        return record.getMarker();
    }

    private static AssignmentMarker passed(@Nullable AssignmentRecord record) throws UnreadableRecordException {
        if (record == null || !record.hasMarker()) {
            throw new UnreadableRecordException("no marker under a marker's key");
        }
        return record.getMarker();
    }

    private static Edit body(ResourceKey.OfBody key, @Nullable ResourceRecord record) throws UnreadableRecordException {
        BodyKey at = new BodyKey(TYPE_PREFIX + key.type(), key.scope(), key.name());
        if (record == null) {
            return new Edit.RemoveBody(key.mesh(), at);
        }
        if (!record.hasBody()) {
            throw new UnreadableRecordException("no body under a body's key");
        }
        io.tailrace.schemas.log.v1.Body body = record.getBody();
        List<ResourceName> refs = body.getRefsList().stream()
                .map(ref -> new ResourceName(ref.getTypeUrl(), ref.getName()))
                .toList();
        return new Edit.PutBody(
                key.mesh(),
                at,
                Body.of(at.resource(), body.getVersion(), body.getResource(), refs, body.getRaw())
                        .withTtl(Math.max(0, body.getTtlMs())));
    }

    private static Edit group(ResourceKey.OfGroup key, @Nullable ResourceRecord record)
            throws UnreadableRecordException {
        if (record == null) {
            return new Edit.RemoveGroup(key.mesh(), key.group());
        }
        if (!record.hasGroup()) {
            throw new UnreadableRecordException("no group under a group's key");
        }
        Group group = record.getGroup();
        return new Edit.PutGroup(key.mesh(), key.group(), Selector.of(group.getSelector()));
    }

    private static Edit list(ResourceKey.OfList key, @Nullable ResourceRecord record) throws UnreadableRecordException {
        String typeUrl = TYPE_PREFIX + key.type();
        if (record == null) {
            return new Edit.RemoveList(key.mesh(), key.group(), typeUrl, key.chunk());
        }
        if (!record.hasList()) {
            throw new UnreadableRecordException("no list under a list's key");
        }
        GroupList list = record.getList();
        List<Entry> entries = list.getEntriesList().stream()
                .map(e -> new Entry(e.getName(), e.getScope(), e.getWildcard(), e.getAliasesList()))
                .toList();
        return new Edit.PutList(key.mesh(), key.group(), typeUrl, key.chunk(), entries);
    }

    private static OfAssignments assignment(AssignmentKey.OfAssignment key, @Nullable AssignmentRecord record)
            throws UnreadableRecordException {
        if (record == null) {
            return new OfAssignments.Remove(key.mesh(), key.name());
        }
        if (!record.hasAssignment()) {
            throw new UnreadableRecordException("no load assignment under a load assignment's key");
        }
        Assignment assignment = record.getAssignment();
        ResourceName name = new ResourceName(io.tailrace.gateway.view.Types.ASSIGNMENT, key.name());
        Body body = Body.of(name, assignment.getVersion(), assignment.getResource(), List.of(), false);
        return new OfAssignments.Put(key.mesh(), body, assignment.getEventTimeMs());
    }
}
