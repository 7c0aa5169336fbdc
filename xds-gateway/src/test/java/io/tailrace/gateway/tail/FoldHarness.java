package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fold of one partition of each topic, and what it gave. */
final class FoldHarness implements TailEvents {
    final List<String> late = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();
    final List<Long> ignored = new ArrayList<>();
    final Fold fold;
    long nowMs = 1_000_000;
    View view = View.EMPTY;
    int published;

    FoldHarness() {
        this(1, 1);
    }

    FoldHarness(int resources, int assignments) {
        fold = new Fold(resources, assignments, this);
    }

    /** Has read empty topics to their end: its first, empty view is published. */
    static FoldHarness running() {
        FoldHarness harness = new FoldHarness();
        harness.resources(TopicRecords.marker(0, -1)).assignments(TopicRecords.passed(0, -1));
        harness.fold.caughtUp();
        harness.batch();
        return harness;
    }

    FoldHarness resources(TopicRecords.Row... rows) {
        for (TopicRecords.Row row : rows) {
            fold.resource(0, row.key(), row.value(), nowMs);
        }
        return this;
    }

    FoldHarness assignments(TopicRecords.Row... rows) {
        for (TopicRecords.Row row : rows) {
            fold.assignment(0, row.key(), row.value());
        }
        return this;
    }

    /** Ends a batch; whether a view was published. */
    boolean batch() {
        Optional<Fresh> fresh = fold.advance(nowMs);
        fresh.ifPresent(next -> {
            view = next.view();
            published++;
        });
        return fresh.isPresent();
    }

    boolean batchAfter(long ms) {
        nowMs += ms;
        return batch();
    }

    @Nullable
    String cluster(String name) {
        return version(Types.CLUSTER, name);
    }

    @Nullable
    String assignment(String name) {
        return version(Types.ASSIGNMENT, name);
    }

    private @Nullable String version(String typeUrl, String name) {
        Body body = view.body("default", BodyKey.shared(new ResourceName(typeUrl, name)));
        return body == null ? null : body.version();
    }

    @Nullable
    Long revision() {
        return view.positions().offset(new Place(Position.Input.CONFIG, 0));
    }

    @Nullable
    Long endpointsOffset() {
        return view.positions().offset(new Place(Position.Input.ENDPOINTS, 0));
    }

    @Override
    public void appliedLate(String mesh, long sequence, NavigableSet<ResourceName> lacking) {
        late.add(sequence + " lacks "
                + String.join(", ", lacking.stream().map(ResourceName::name).toList()));
    }

    @Override
    public void unreadable(Topic topic, int partition, String key, String found) {
        unreadable.add(topic.id() + " " + key + ": " + found);
    }

    @Override
    public void ignored(Topic topic, int partition, long sequence, long last) {
        ignored.add(sequence);
    }
}
