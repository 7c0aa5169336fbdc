package io.tailrace.schemas.manifest;

/** A text that is no YAML or JSON, or is too large or too deep to read: nothing in it can be trusted. */
final class SyntaxException extends Exception {
    private final int line;
    private final int column;

    SyntaxException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
