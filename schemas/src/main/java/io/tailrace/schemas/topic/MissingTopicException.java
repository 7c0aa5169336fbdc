package io.tailrace.schemas.topic;

import java.util.Collection;
import java.util.List;

/** Topics that are needed don't exist. The message says how to make them. */
public final class MissingTopicException extends RuntimeException {
    private final List<String> names;

    public MissingTopicException(Collection<String> names) {
        super((names.size() == 1 ? "the topic " : "the topics ")
                + String.join(", ", names.stream().sorted().toList())
                + (names.size() == 1 ? " doesn't exist" : " don't exist")
                + "; `tailrace topics create` makes all of them");
        this.names = names.stream().sorted().toList();
    }

    public List<String> names() {
        return names;
    }
}
