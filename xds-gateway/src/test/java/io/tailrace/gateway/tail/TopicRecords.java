package io.tailrace.gateway.tail;

import com.google.protobuf.ByteString;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Body;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.GroupEntry;
import io.tailrace.schemas.log.v1.GroupList;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.Ref;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.v1.NodeSelector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests' words for what translators write to `resources` and `assignments`. */
public final class TopicRecords {
    /** A key and its value, which is null where the key is taken away. */
    public record Row(String key, @Nullable ByteString bytes) {
        public byte @Nullable [] value() {
            return bytes == null ? null : bytes.toByteArray();
        }
    }

    private TopicRecords() {}

    static String fullName(String typeUrl) {
        return typeUrl.substring(typeUrl.indexOf('/') + 1);
    }

    public static Row body(String mesh, String typeUrl, String name, ByteString content, long revision, Ref... refs) {
        return body(mesh, typeUrl, name, content, revision, false, Arrays.asList(refs));
    }

    static Row body(
            String mesh, String typeUrl, String name, ByteString content, long revision, boolean raw, List<Ref> refs) {
        Body body = Body.newBuilder()
                .setTypeUrl(typeUrl)
                .setName(name)
                .setResource(content)
                .setVersion("c" + revision + "-" + Deterministic.hash16(content))
                .addAllRefs(refs)
                .setRaw(raw)
                .build();
        return new Row(
                RecordKeys.body(mesh, fullName(typeUrl), "", name),
                ResourceRecord.newBuilder().setBody(body).build().toByteString());
    }

    static Row noBody(String mesh, String typeUrl, String name) {
        return new Row(RecordKeys.body(mesh, fullName(typeUrl), "", name), null);
    }

    /** A cluster whose only content is its text, and its load assignment's name. */
    static Row cluster(String mesh, String name, String text, long revision, String assignment) {
        return body(mesh, Types.CLUSTER, name, ByteString.copyFromUtf8(text), revision, toAssignment(assignment));
    }

    public static Ref toAssignment(String name) {
        return Ref.newBuilder().setTypeUrl(Types.ASSIGNMENT).setName(name).build();
    }

    static Ref toSecret(String name) {
        return Ref.newBuilder().setTypeUrl(Types.SECRET).setName(name).build();
    }

    /** Selects the nodes whose cluster has the group's name. */
    public static Row group(String mesh, String group) {
        Group record = Group.newBuilder()
                .setSelector(NodeSelector.newBuilder().setNodeCluster(group))
                .build();
        return new Row(
                RecordKeys.group(mesh, group),
                ResourceRecord.newBuilder().setGroup(record).build().toByteString());
    }

    /** The whole list of a type, in one chunk. */
    public static Row list(String mesh, String group, String typeUrl, String... names) {
        GroupList.Builder list = GroupList.newBuilder().setTypeUrl(typeUrl);
        Arrays.stream(names)
                .sorted()
                .forEach(name ->
                        list.addEntries(GroupEntry.newBuilder().setName(name).setWildcard(true)));
        return new Row(
                RecordKeys.list(mesh, group, fullName(typeUrl), 0),
                ResourceRecord.newBuilder().setList(list).build().toByteString());
    }

    public static Row marker(long sequence, long revision) {
        return marker(sequence, revision, 0);
    }

    /** Of partition 0. */
    public static Row marker(long sequence, long revision, long eventTimeMs) {
        return marker(0, sequence, revision, eventTimeMs);
    }

    public static Row marker(int partition, long sequence, long revision, long eventTimeMs) {
        Marker marker = Marker.newBuilder()
                .setSequence(sequence)
                .addPositions(Position.newBuilder()
                        .setInput(Position.Input.CONFIG)
                        .setPartition(partition)
                        .setOffset(revision))
                .setEventTimeMs(eventTimeMs)
                .build();
        return new Row(
                RecordKeys.MARKER,
                ResourceRecord.newBuilder().setMarker(marker).build().toByteString());
    }

    public static Row assignment(String mesh, String name, ByteString content, long offset, long eventTimeMs) {
        Assignment assignment = Assignment.newBuilder()
                .setName(name)
                .setResource(content)
                .setVersion("c0.e0-" + offset + "-" + Deterministic.hash16(content))
                .setEventTimeMs(eventTimeMs)
                .build();
        return new Row(
                RecordKeys.assignment(mesh, name),
                AssignmentRecord.newBuilder().setAssignment(assignment).build().toByteString());
    }

    static Row assignment(String mesh, String name, String text) {
        return assignment(mesh, name, ByteString.copyFromUtf8(text), 0, 0);
    }

    static Row noAssignment(String mesh, String name) {
        return new Row(RecordKeys.assignment(mesh, name), null);
    }

    public static Row passed(long sequence, long offset) {
        AssignmentMarker marker = AssignmentMarker.newBuilder()
                .setSequence(sequence)
                .setEndpointsOffset(offset)
                .setPoliciesOffset(-1)
                .build();
        return new Row(
                RecordKeys.MARKER,
                AssignmentRecord.newBuilder().setMarker(marker).build().toByteString());
    }
}
