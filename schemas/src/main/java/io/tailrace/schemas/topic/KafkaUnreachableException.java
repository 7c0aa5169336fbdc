package io.tailrace.schemas.topic;

/** Kafka gave no answer, or none that can be used: what was asked may be tried again. */
public final class KafkaUnreachableException extends RuntimeException {
    public KafkaUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
