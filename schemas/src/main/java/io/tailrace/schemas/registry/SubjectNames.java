package io.tailrace.schemas.registry;

/**
 * Under which subject a kind's schema is registered. Confluent's default, a subject for each topic, doesn't fit a topic that
 * holds many kinds: one kind's schema would be the next version of another's.
 */
public enum SubjectNames {
    /** The message's full name, whatever topic it lies on: the schema of a kind is the same on all of them. */
    RECORD("RecordNameStrategy"),
    /** Topic and message: for registries that give rights by topic. */
    TOPIC_RECORD("TopicRecordNameStrategy");

    private final String strategy;

    SubjectNames(String strategy) {
        this.strategy = strategy;
    }

    String subject(String topic, String message) {
        return this == RECORD ? message : topic + "-" + message;
    }

    /** By its name, with Confluent's package or without. Throws IllegalArgumentException. */
    static SubjectNames of(String text) {
        String name = text.substring(text.lastIndexOf('.') + 1);
        for (SubjectNames names : values()) {
            if (names.strategy.equals(name)) {
                return names;
            }
        }
        throw new IllegalArgumentException("value.subject.name.strategy: found \"" + text
                + "\", expected RecordNameStrategy or TopicRecordNameStrategy, since our topics hold many kinds");
    }
}
