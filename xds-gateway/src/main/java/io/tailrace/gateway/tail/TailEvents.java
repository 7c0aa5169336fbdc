package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.ResourceName;
import io.tailrace.schemas.topic.Topic;
import java.util.NavigableSet;

/** What is worth telling people of the reading. Called on the reader's thread. */
public interface TailEvents {
    /** A change was applied although it refers to what is missing; the first view has no sequence: -1. */
    void appliedLate(String mesh, long sequence, NavigableSet<ResourceName> lacking);

    /** A record says nothing that we know; what its key names stays as it was. */
    void unreadable(Topic topic, int partition, String key, String found);

    /** A marker came again or late, and is ignored with what it closes. */
    void ignored(Topic topic, int partition, long sequence, long last);
}
