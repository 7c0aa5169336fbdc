package io.tailrace.schemas.read;

/** What was read may not be what is there: the reading ends, and begins anew. */
final class DoubtException extends RuntimeException {
    DoubtException(String reason) {
        super(reason);
    }
}
