package io.tailrace.bench;

/** Something went wrong that makes figures worthless; the message says what, for whoever runs the bench. */
final class BenchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchFailedException(String message) {
        super(message);
    }
}
