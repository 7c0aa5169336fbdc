package io.tailrace.cli.options;

/** Ends a command with a message for its user, who sees no stack trace. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** {@code message}: what failed, on what, and what to do. */
    public CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
