package io.tailrace.translator.streams;

import java.util.Map;

/**
 * What is known of the topics that a lane reads and writes, its changelogs too: a topic that was made anew has another
 * id. Topics that don't exist are left out.
 *
 * @param ids topic ids by topic name
 * @param partitions counts by topic name
 */
record LogFacts(Map<String, String> ids, Map<String, Integer> partitions) {
    LogFacts {
        ids = Map.copyOf(ids);
        partitions = Map.copyOf(partitions);
    }

    int partitions(String topic) {
        Integer count = partitions.get(topic);
        if (count == null) {
            throw new IllegalStateException("topic " + topic + " does not exist; run `tailrace topics create`");
        }
        return count;
    }

    /** Whether a topic known here is another one there; one that isn't there may be on its way. */
    boolean isContradictedBy(LogFacts newer) {
        return ids.entrySet().stream()
                .anyMatch(known -> !newer.ids()
                        .getOrDefault(known.getKey(), known.getValue())
                        .equals(known.getValue()));
    }
}
