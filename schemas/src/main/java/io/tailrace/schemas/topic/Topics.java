package io.tailrace.schemas.topic;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the topics on one cluster. All begin with a prefix, so that several Tailraces, or Tailrace and others,
 * share a cluster; consumer groups, Streams applications and transactional ids begin with it too.
 */
public record Topics(String prefix) {
    // What Kafka allows in a topic's name, with room for the longest of ours in its limit of 249.
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9._-]{0,200}");

    public static final Topics DEFAULT = new Topics("tailrace.");

    public Topics {
        if (!ALLOWED.matcher(prefix).matches()) {
            throw new IllegalArgumentException("topic prefix: found \"" + prefix
                    + "\", expected at most 200 of the characters a-z, A-Z, 0-9, '.', '_' and '-'");
        }
    }

    public String name(Topic topic) {
        return prefix + topic.id();
    }

    /** The topic of this name; empty if it is none of these. */
    public Optional<Topic> topic(String name) {
        for (Topic topic : Topic.values()) {
            if (name(topic).equals(name)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /** The consumer group of the inbox connectors. */
    public String inboxGroup() {
        return prefix + "inbox";
    }

    /** The application id of the translator's config lane. */
    public String configApplication() {
        return prefix + "config";
    }

    /** The application id of the translator's endpoint lane. */
    public String endpointsApplication() {
        return prefix + "endpoints";
    }
}
