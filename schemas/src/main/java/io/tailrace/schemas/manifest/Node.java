package io.tailrace.schemas.manifest;

import java.util.List;

/** A document's tree, the same for YAML and JSON, where every node knows its place. Lines and columns begin with 1. */
sealed interface Node {
    int line();

    int column();

    /** Nodes in the tree below, this one included, aliases counted each time. */
    long size();

    /** For messages: "a map", "the list [...]", "the string "x"". */
    String describe();

    record MapNode(int line, int column, long size, List<Entry> entries) implements Node {
        @Override
        public String describe() {
            return "a map";
        }
    }

    record Entry(String key, int line, int column, Node value) {}

    record ListNode(int line, int column, long size, List<Node> items) implements Node {
        @Override
        public String describe() {
            return "a list";
        }
    }

    record ScalarNode(int line, int column, ScalarType type, String text) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public String describe() {
            return type == ScalarType.STRING ? Texts.quoted(text) : type == ScalarType.NULL ? "nothing" : text;
        }
    }

    enum ScalarType {
        STRING,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }
}
