package io.tailrace.gateway.fleet;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import org.jspecify.annotations.Nullable;

/** Whose stream it is; the group is null if none selects the node. */
record StreamNode(Node node, @Nullable String group, Variant variant) {
    static StreamNode of(Fact.Connected connected) {
        return new StreamNode(connected.node(), connected.group(), connected.variant());
    }

    StreamNode in(@Nullable String other) {
        return new StreamNode(node, other, variant);
    }
}
