package io.tailrace.cli.past;

import io.tailrace.gateway.tail.Fresh;
import io.tailrace.gateway.tail.Tail;
import io.tailrace.gateway.tail.TailEvents;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a gateway serves to two groups, and what it has served: its position and the hash of each resource, view by view. */
final class Served implements AutoCloseable {
    static final List<String> GROUPS = List.of("g0", "g1");

    private final Tail tail;
    private final int meshPartition;
    private final List<Moment> moments = new CopyOnWriteArrayList<>();

    /** One view: where it stood in the log, and by group the content hash of each resource. */
    record Moment(LogPosition position, SortedMap<String, SortedMap<String, String>> groups) {}

    Served(Map<String, Object> kafka, int meshPartition) {
        this.meshPartition = meshPartition;
        this.tail = new Tail("served", kafka, Topics.DEFAULT, this::take, new Silence());
        tail.start();
    }

    /** In the order in which they were served. */
    List<Moment> moments() {
        return List.copyOf(moments);
    }

    boolean covers(Published published) {
        return covers(tail.current(), published);
    }

    /** A view is what has become of the log up to there. */
    static boolean covers(@Nullable View view, Published published) {
        Position.Input input = published.topic() == Topic.ENDPOINTS ? Position.Input.ENDPOINTS : Position.Input.CONFIG;
        Long offset = view == null ? null : view.positions().offset(new Place(input, published.partition()));
        return offset != null && offset >= published.offset();
    }

    /** On the reader's thread. */
    private void take(Fresh fresh) {
        View view = fresh.view();
        boolean isSomewhere = view.positions().toProto().stream()
                .anyMatch(each -> each.getOffset() >= 0
                        && (each.getInput() != Position.Input.CONFIG || each.getPartition() == meshPartition));
        if (!isSomewhere) {
            return;
        }
        SortedMap<String, SortedMap<String, String>> groups = new TreeMap<>();
        for (String name : GROUPS) {
            GroupView group = view.group("default", name);
            SortedMap<String, String> hashes = group == null ? new TreeMap<>() : hashes(group);
            if (!hashes.isEmpty()) { // a view remembers a group that is gone for a while
                groups.put(name, hashes);
            }
        }
        moments.add(new Moment(LogPosition.of(view.positions().toProto(), meshPartition), groups));
    }

    /** What a wildcard subscription gives, and what that refers to. */
    private static SortedMap<String, String> hashes(GroupView group) {
        SortedMap<String, String> hashes = new TreeMap<>();
        Deque<ResourceName> names = new ArrayDeque<>();
        group.wildcard(Types.LISTENER).forEach(name -> names.add(new ResourceName(Types.LISTENER, name)));
        group.wildcard(Types.CLUSTER).forEach(name -> names.add(new ResourceName(Types.CLUSTER, name)));
        while (!names.isEmpty()) {
            ResourceName name = names.remove();
            Body body = group.find(name);
            if (body != null && hashes.put(name.typeUrl() + " " + name.name(), body.hash()) == null) {
                names.addAll(body.refs());
            }
        }
        return hashes;
    }

    @Override
    public void close() {
        tail.close();
    }

    /** What is told of the reading makes no difference here. */
    static final class Silence implements TailEvents {
        @Override
        public void appliedLate(String mesh, long sequence, NavigableSet<ResourceName> lacking) {}

        @Override
        public void unreadable(Topic topic, int partition, String key, String found) {}

        @Override
        public void ignored(Topic topic, int partition, long sequence, long last) {}
    }
}
