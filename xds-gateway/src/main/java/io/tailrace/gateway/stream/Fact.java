package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stream has to say of its node to whoever watches the fleet. Views are named by their numbers. */
public sealed interface Fact {
    /** The first request came. `group` is null if none selects the node. */
    record Connected(Node node, @Nullable String group, Variant variant) implements Fact {}

    /** The node belongs to another group now. */
    record Selected(@Nullable String group) implements Fact {}

    /** Something that came with this view is pending or unacked; said once, until it is settled. */
    record Behind(long view) implements Fact {}

    /** All that this view has for the stream is acked, or rejected. */
    record Settled(long view) implements Fact {}

    /** All that this view had is acked, or rejected, while something newer isn't; what `next` has is watched from now on. */
    record Reached(long view, long next) implements Fact {}

    record Pushed(String typeUrl, int resources, int removed) implements Fact {}

    /** A heartbeat went out; its answer isn't told. */
    record Refreshed(String typeUrl, int resources) implements Fact {}

    record Acked(String typeUrl) implements Fact {}

    /** `resources` are what that response brought anew; a removal has the version "". */
    record Rejected(String typeUrl, List<NamedVersion> resources, String message) implements Fact {}

    /** Rejected before, and now accepted, gone, or not subscribed any more. Sorted. */
    record Mended(String typeUrl, List<String> names) implements Fact {}

    /** Something went out before what it waited for, since the limit had passed (rule 22). */
    record OrderLimitPassed(String waitedFor) implements Fact {}

    /** It isn't known whether the node has newer things than the view: what it showed is left alone (rule 21). */
    record CatchUpLimitPassed() implements Fact {}

    /** A response of one piece, larger than is good (rule 15). */
    record Large(String typeUrl, long bytes) implements Fact {}

    record NamedVersion(String name, String version) {}
}
