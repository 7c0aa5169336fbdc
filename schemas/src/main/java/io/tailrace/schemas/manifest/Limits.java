package io.tailrace.schemas.manifest;

/** How large a file may be before it is refused unread. An object may have 1 MiB (Validation), a file many objects. */
final class Limits {
    static final int MAX_CHARACTERS = 64 << 20;
    static final int MAX_DEPTH = 80;
    static final long MAX_NODES = 4_000_000;

    private Limits() {}

    static void checkLength(String text) throws SyntaxException {
        if (text.length() > MAX_CHARACTERS) {
            throw new SyntaxException(1, 1, "more than " + MAX_CHARACTERS + " characters");
        }
    }

    static void checkDepth(int depth, int line, int column) throws SyntaxException {
        if (depth >= MAX_DEPTH) {
            throw new SyntaxException(line, column, "nested more than " + MAX_DEPTH + " deep");
        }
    }

    static void checkSize(Node node) throws SyntaxException {
        if (node.size() > MAX_NODES) {
            throw new SyntaxException(node.line(), node.column(), "more than " + MAX_NODES + " values");
        }
    }
}
