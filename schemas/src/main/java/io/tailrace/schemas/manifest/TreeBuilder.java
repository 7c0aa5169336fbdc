package io.tailrace.schemas.manifest;

import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.ListNode;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map or list of which not all is read yet. In a map keys and values come in turns. */
final class TreeBuilder {
    private final boolean map;
    private final int line;
    private final int column;
    private final String anchor;
    private final List<Node> items = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable ScalarNode key;
    private long size = 1;

    TreeBuilder(boolean map, int line, int column, String anchor) {
        this.map = map;
        this.line = line;
        this.column = column;
        this.anchor = anchor;
    }

    String anchor() {
        return anchor;
    }

    void add(Node node) throws SyntaxException {
        size += node.size();
        if (!map) {
            items.add(node);
        } else if (key != null) {
            entries.add(new Entry(key.text(), key.line(), key.column(), node));
            key = null;
        } else if (node instanceof ScalarNode scalar) {
            key = scalar;
        } else {
            throw new SyntaxException(node.line(), node.column(), "a map's key must be a plain value");
        }
    }

    Node build() {
        return map
                ? new MapNode(line, column, size, List.copyOf(entries))
                : new ListNode(line, column, size, List.copyOf(items));
    }
}
