package io.tailrace.schemas.topic;

import java.util.Optional;

/**
 * One thing of a cluster that is not as it should be.
 *
 * @param where a topic's name, or "broker" and its id
 * @param setting what differs: a setting's name, "partitions", "replicas", or empty if it is the thing as a whole
 * @param breaks what goes wrong by it
 */
public record Difference(String where, String setting, String found, String expected, String breaks) {
    public String text() {
        return where + (setting.isEmpty() ? "" : ": " + setting) + ": found " + found + ", expected " + expected + ": "
                + breaks;
    }

    static Optional<Difference> ofSetting(String where, String setting, String found, String expected, String breaks) {
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of(new Difference(where, setting, found, expected, breaks));
    }
}
