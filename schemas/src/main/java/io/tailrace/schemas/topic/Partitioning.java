package io.tailrace.schemas.topic;

/** What decides the partition of a record. Topics of one partitioning by mesh or by service have equal counts. */
public enum Partitioning {
    /** By the mesh: all records of a mesh have one order. */
    BY_MESH("by mesh"),
    /** By mesh, namespace and service. */
    BY_SERVICE("by service"),
    /** By whatever the producer does; the count is free. */
    FREE("free"),
    /** By the key; the count is always the same. */
    FIXED("fixed");

    private final String text;

    Partitioning(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
