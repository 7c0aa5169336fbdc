package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a view has of one type for one client: what it wants, by a name or by the wildcard, as it takes it. */
final class Offer {
    private final String typeUrl;
    private final Subscription wants;
    private final Lookups lookups;
    private final ListLookups lists;
    private final boolean ttls;

    /** `ttls`: the client takes them. */
    Offer(String typeUrl, Subscription wants, NameTables names, boolean ttls) {
        this.typeUrl = typeUrl;
        this.wants = wants;
        this.lookups = names.lookups();
        this.lists = names.lists();
        this.ttls = ttls;
    }

    /** By this name; null: nothing, or nothing that it wants. */
    @Nullable
    Body find(GroupView group, String name) {
        boolean named = wants.names(name) || wantsAny(group.aliases(typeUrl, name));
        return named || (wants.wildcard() && group.isWildcard(typeUrl, name)) ? look(group, name) : null;
    }

    private boolean wantsAny(List<String> names) {
        for (String name : names) {
            if (wants.names(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Body look(GroupView group, String name) {
        Body body = lookups.find(group, typeUrl, name);
        return body == null ? null : fit(body);
    }

    /** By just these names and no aliases, wanted or not; null: there isn't one for each, or a name comes twice. */
    @Nullable
    ListedBodies listed(GroupView group, List<String> names) {
        ListedBodies known = lists.find(group, typeUrl, ttls, names);
        if (known != null) {
            return known;
        }
        Map<String, Body> bodies = HashMap.newHashMap(names.size());
        for (String name : names) {
            Body body = look(group, name);
            if (body == null || !body.name().equals(name) || bodies.put(name, body) != null) {
                return null;
            }
        }
        ListedBodies all = new ListedBodies(group, typeUrl, ttls, names, bodies.values());
        lists.add(all);
        return all;
    }

    /** As this client takes it. */
    Body fit(Body body) {
        return ttls ? body : body.plain();
    }

    /** All that the client wants and the view has for it. */
    List<Body> all(GroupView group) {
        Set<String> names = new HashSet<>();
        wants.names().forEach(name -> names.add(group.canonical(typeUrl, name)));
        if (wants.wildcard()) {
            names.addAll(group.wildcard(typeUrl));
        }
        List<Body> bodies = new ArrayList<>();
        for (String name : names) {
            Body body = find(group, name);
            if (body != null) {
                bodies.add(body);
            }
        }
        return bodies;
    }
}
