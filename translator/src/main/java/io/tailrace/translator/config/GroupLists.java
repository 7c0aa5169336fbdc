package io.tailrace.translator.config;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.log.v1.GroupEntry;
import io.tailrace.schemas.log.v1.GroupList;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.ResourceKey;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.State;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A group's lists in their chunks: a name's hash says which chunk of its type it is in. There are 64 in a large list, so a
 * name more in a group of 10,000 rewrites some 160 names, a few KB; short lists have 8 or 1, or a thousand small groups
 * would be as many records as they have names. A list that grows past a step is written anew once, while it is short.
 */
final class GroupLists {
    private static final int SHORT = 32;
    private static final int MIDDLING = 256;

    private GroupLists() {}

    /** What one chunk holds. */
    static List<ListEntry> entries(byte[] value) {
        try {
            GroupList list = ResourceRecord.parseFrom(value).getList();
            return list.getEntriesList().stream()
                    .map(entry -> new ListEntry(new ResourceName(list.getTypeUrl(), entry.getName()), entry.getScope()))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of what stands holds what was never written", e);
        }
    }

    /** Writes the chunks that differ from what stands. */
    static void write(State state, String mesh, String group, Collection<ListEntry> entries, ChangeBuilder change) {
        SortedMap<String, byte[]> wanted = chunks(mesh, group, entries);
        state.forEachStanding(Topic.RESOURCES, prefix(mesh, group), (key, value) -> {
            if (!wanted.containsKey(key) && RecordKeys.parseResource(key) instanceof ResourceKey.OfList) {
                change.write(mesh, Topic.RESOURCES, key, null);
            }
        });
        wanted.forEach((key, value) -> {
            if (!Arrays.equals(value, state.standing(Topic.RESOURCES, key))) {
                change.write(mesh, Topic.RESOURCES, key, value);
            }
        });
    }

    private static SortedMap<String, byte[]> chunks(String mesh, String group, Collection<ListEntry> entries) {
        Map<String, Long> lengths = entries.stream()
                .collect(Collectors.groupingBy(entry -> entry.id().typeUrl(), Collectors.counting()));
        SortedMap<String, GroupList.Builder> lists = new TreeMap<>();
        for (ListEntry entry : new TreeSet<>(entries)) {
            String type = entry.id().typeUrl();
            String key = RecordKeys.list(
                    mesh, group, TypeNames.of(type), chunk(entry.id().name(), lengths.getOrDefault(type, 0L)));
            GroupEntry line = entry.toProto();
            lists.computeIfAbsent(key, _ -> GroupList.newBuilder().setTypeUrl(type))
                    .addEntries(line);
        }
        SortedMap<String, byte[]> chunks = new TreeMap<>();
        lists.forEach((key, list) -> chunks.put(
                key,
                Deterministic.serializeToArray(
                        ResourceRecord.newBuilder().setList(list).build())));
        return chunks;
    }

    private static int chunk(String name, long length) {
        int chunks = length <= SHORT ? 1 : length <= MIDDLING ? 8 : 64;
        return (int) Long.remainderUnsigned(Deterministic.hash64(ByteString.copyFromUtf8(name)), chunks);
    }

    private static String prefix(String mesh, String group) {
        return RecordKeys.group(mesh, group) + "/";
    }
}
