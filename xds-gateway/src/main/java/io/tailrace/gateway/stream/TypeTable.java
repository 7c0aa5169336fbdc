package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The types that a stream has asked for, in the order of a change. */
final class TypeTable {
    private static final Comparator<TypeState> ORDER =
            Comparator.<TypeState, Turn>comparing(type -> type.turn).thenComparing(type -> type.typeUrl);

    private final StreamSettings settings;
    private final NameTables names;
    private final Map<String, TypeState> byUrl = new HashMap<>();
    private final List<TypeState> inOrder = new ArrayList<>();
    private final List<TypeState> waiting = new ArrayList<>();
    private boolean ttls;

    private @Nullable GroupView newest;

    TypeTable(StreamSettings settings, NameTables names) {
        this.settings = settings;
        this.names = names;
    }

    /** Of the types that are added from now on: whether the client takes ttls. */
    void takeTtls(boolean takes) {
        ttls = takes;
    }

    @Nullable
    TypeState get(String typeUrl) {
        return byUrl.get(typeUrl);
    }

    TypeState add(String typeUrl) {
        boolean timed = ttls && Turn.mayHaveTtl(typeUrl, settings.delta());
        TypeState type = new TypeState(typeUrl, settings, timed, names, this);
        byUrl.put(typeUrl, type);
        inOrder.add(type);
        inOrder.sort(ORDER);
        if (type.turn.waitsForClusters()) {
            waiting.add(type);
        }
        return type;
    }

    /** The newest view that the stream has seen; null: no group selects the node. */
    @Nullable
    GroupView newest() {
        return newest;
    }

    void see(@Nullable GroupView group) {
        newest = group;
    }

    List<TypeState> inOrder() {
        return inOrder;
    }

    boolean any(Predicate<TypeState> is) {
        return any(inOrder, is);
    }

    /** Of listeners, routes and virtual hosts. */
    boolean anyWaiting(Predicate<TypeState> is) {
        return any(waiting, is);
    }

    /** A push asks so several times: a stream of objects for each would be much of what it allocates. */
    private static boolean any(List<TypeState> types, Predicate<TypeState> is) {
        for (TypeState type : types) {
            if (is.test(type)) {
                return true;
            }
        }
        return false;
    }

    /** How many names the client subscribes to, or shows and had no comparison of yet. */
    long names() {
        long names = 0;
        for (TypeState type : inOrder) {
            names += Math.max(type.wants.names().size(), type.has.shown().size());
        }
        return names;
    }

    /** Listeners, routes and virtual hosts. */
    List<TypeState> waiting() {
        return waiting;
    }
}
