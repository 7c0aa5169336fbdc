package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Types;

/** Where a type stands in the order of a change (rule 22). Types that the order doesn't know come first and wait for nothing. */
enum Turn {
    FIRST,
    CLUSTERS,
    ASSIGNMENTS,
    LISTENERS,
    ROUTES,
    VIRTUAL_HOSTS;

    static Turn of(String typeUrl) {
        return switch (typeUrl) {
            case Types.CLUSTER -> CLUSTERS;
            case Types.ASSIGNMENT -> ASSIGNMENTS;
            case Types.LISTENER -> LISTENERS;
            case Types.SCOPED_ROUTE, Types.ROUTE -> ROUTES;
            case Types.VIRTUAL_HOST -> VIRTUAL_HOSTS;
            default -> FIRST;
        };
    }

    /** Refers to clusters, and so waits for them. */
    boolean waitsForClusters() {
        return compareTo(LISTENERS) >= 0;
    }

    /** Others refer to it, so it is taken away after they have left it. */
    boolean leavesLast() {
        return !waitsForClusters();
    }

    /** In SotW every response is the whole truth: leaving a name out deletes it (rule 15). */
    static boolean isWhole(String typeUrl) {
        return typeUrl.equals(Types.CLUSTER) || typeUrl.equals(Types.LISTENER) || typeUrl.equals(Types.SCOPED_ROUTE);
    }

    /**
     * In SotW a ttl goes with these only. Envoy 1.40 tells all who watch a type of what has passed, and who watches other names
     * takes that for an error that nobody catches: it ends. Listeners and clusters have one watcher.
     */
    static boolean mayHaveTtl(String typeUrl, boolean delta) {
        return delta || typeUrl.equals(Types.CLUSTER) || typeUrl.equals(Types.LISTENER);
    }

    /** In delta a name that doesn't exist is told at once; of others that would break a working client (rule 14). */
    static boolean saysThatNothingIsThere(String typeUrl) {
        return typeUrl.equals(Types.CLUSTER) || typeUrl.equals(Types.LISTENER) || typeUrl.equals(Types.VIRTUAL_HOST);
    }
}
