package io.tailrace.bench.process;

/** Something went wrong that makes figures worthless; the message says what, for whoever runs the bench. */
public final class BenchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchFailedException(String message) {
        super(message);
    }
}
