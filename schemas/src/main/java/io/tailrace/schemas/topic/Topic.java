package io.tailrace.schemas.topic;

import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.Collections;
import java.util.SortedMap;

/**
 * The table of topics: what lies on each, under which keys, in how many partitions and for how long. Nothing else knows
 * these; {@link TopicAdmin} makes topics by it, and {@link TopicTable} shows it to people.
 */
public enum Topic {
    INBOX("inbox", Partitioning.FREE, "any", "a change event from anyone, by any partitioner"),
    CONFIG("config", Partitioning.BY_MESH, "`mesh/Kind/namespace/name`", "one configuration resource; null = deleted"),
    ENDPOINTS(
            "endpoints",
            Partitioning.BY_SERVICE,
            "`mesh/Endpoint/namespace/service/source/instance`",
            "one endpoint; null = gone"),
    SECRETS("secrets", Partitioning.BY_MESH, "`mesh/Secret/namespace/name`", "key material, encrypted"),
    POLICIES("policies", Partitioning.BY_SERVICE, "`mesh/namespace/service`", "what the endpoint lane needs of config"),
    RESOURCES(
            "resources",
            Partitioning.BY_MESH,
            "body: `mesh/type/scope/name`; group: `mesh/group`; list: `mesh/group/type.chunk`; `marker`",
            "an Envoy resource; a group and its lists of resources; the end of a change"),
    ASSIGNMENTS(
            "assignments", Partitioning.BY_SERVICE, "`mesh/name`; `marker`", "a load assignment; the offset passed"),
    FLEET(
            "fleet",
            Partitioning.FIXED,
            "`gateway`; `gateway/node`",
            "a gateway's watermark and laggards; a node's connection, identity, rejections"),
    STATUS("status", Partitioning.BY_MESH, "`mesh/Kind/namespace/name`", "what the translator says of an object"),
    DEAD_LETTERS(
            "dead-letters",
            Partitioning.FIXED,
            "as it came",
            "what could not be read or was invalid, with the reason in headers");

    private final String id;
    private final Partitioning partitioning;
    private final String key;
    private final String value;

    Topic(String id, Partitioning partitioning, String key, String value) {
        this.id = id;
        this.partitioning = partitioning;
        this.key = key;
        this.value = value;
    }

    /** The name behind the prefix. */
    public String id() {
        return id;
    }

    public Partitioning partitioning() {
        return partitioning;
    }

    /** Kafka's topic settings, by name; {@link TopicAdmin} adds those that depend on the number of brokers. */
    public SortedMap<String, String> settings() {
        return Collections.unmodifiableSortedMap(TopicSettings.of(this));
    }

    /** The forms of the keys, in Markdown. */
    public String keyForm() {
        return key;
    }

    /** What a record is, in Markdown. */
    public String holds() {
        return value;
    }

    /** The input topic that an object of this key lies on. */
    public static Topic of(ObjectKey key) {
        return of(key.kind());
    }

    /** The input topic that objects of this kind lie on. */
    public static Topic of(Kind kind) {
        return switch (kind) {
            case ENDPOINT -> ENDPOINTS;
            case SECRET -> SECRETS;
            case PROXY_GROUP, GATEWAY, HTTP_ROUTE, TCP_ROUTE, SERVICE, ENVOY_RESOURCE -> CONFIG;
        };
    }

    /** The settings that the changelogs of Kafka Streams applications get, which are read at each start too. */
    public static SortedMap<String, String> changelogSettings() {
        return Collections.unmodifiableSortedMap(TopicSettings.changelog());
    }

    /** The largest record on an input topic, in bytes. */
    public static int maxInputBytes() {
        return TopicSettings.INPUT_BYTES;
    }

    /** The largest record on any other topic, in bytes. */
    public static int maxOutputBytes() {
        return TopicSettings.OUTPUT_BYTES;
    }

    int fixedPartitions() {
        return this == DEAD_LETTERS ? 1 : 12;
    }
}
