package io.tailrace.gateway.view;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * A group: whom it selects, its lists by type, how many of its bodies refer to a name, and the clusters that left it
 * lately. Without a selector (its record hasn't come, or is gone) it selects nobody.
 */
record Group(
        @Nullable Selector selector,
        Map<String, TypeList> lists,
        HashPMap<ResourceName, Integer> references,
        HashPMap<String, Departed> departedClusters) {
    static final Group EMPTY = new Group(null, Map.of(), HashTreePMap.empty(), HashTreePMap.empty());

    TypeList list(String typeUrl) {
        return lists.getOrDefault(typeUrl, TypeList.EMPTY);
    }

    Group with(@Nullable Selector newSelector) {
        return new Group(newSelector, lists, references, departedClusters);
    }

    Group with(String typeUrl, TypeList list) {
        // Types are few, so that to copy them is little, and every stream looks there for each name.
        Map<String, TypeList> newLists = new HashMap<>(lists);
        if (list.chunks().isEmpty()) {
            newLists.remove(typeUrl);
        } else {
            newLists.put(typeUrl, list);
        }
        return new Group(selector, newLists, references, departedClusters);
    }

    Group withReference(ResourceName name, int more) {
        return new Group(selector, lists, count(references, name, more), departedClusters);
    }

    Group withDeparted(HashPMap<String, Departed> departed) {
        return new Group(selector, lists, references, departed);
    }

    boolean isEmpty() {
        return selector == null && lists.isEmpty() && departedClusters.isEmpty();
    }

    static HashPMap<ResourceName, Integer> count(HashPMap<ResourceName, Integer> counts, ResourceName name, int more) {
        int count = counts.getOrDefault(name, 0) + more;
        return count == 0 ? counts.minus(name) : counts.plus(name, count);
    }
}
