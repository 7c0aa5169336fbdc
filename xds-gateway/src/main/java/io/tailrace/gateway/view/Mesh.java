package io.tailrace.gateway.view;

import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/**
 * What a gateway knows of one mesh. A body is held once, whatever groups list it (`holders`); load assignments are bodies
 * like any other. `leaving` are assignments that were removed while bodies still refer to them.
 */
record Mesh(
        HashPMap<BodyKey, Body> bodies,
        HashPMap<BodyKey, MapPSet<String>> holders,
        HashPMap<ResourceName, Integer> references,
        MapPSet<String> leaving,
        HashPMap<String, Departed> departedAssignments,
        HashPMap<String, Group> groups) {
    static final Mesh EMPTY = new Mesh(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePSet.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    @Nullable
    Body shared(ResourceName name) {
        return bodies.get(BodyKey.shared(name));
    }

    boolean isEmpty() {
        return bodies.isEmpty() && groups.isEmpty() && departedAssignments.isEmpty() && holders.isEmpty();
    }
}
