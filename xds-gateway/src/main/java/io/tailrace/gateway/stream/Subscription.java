package io.tailrace.gateway.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a client wants of one type (rules 9 to 13). Whoever has never named anything has the legacy wildcard. */
final class Subscription {
    private static final String WILDCARD = Interests.WILDCARD;

    private final NameSet names;
    private final Watcher watcher;
    private boolean wildcard;
    private boolean asked;
    private boolean named;

    /**
     * What a request did to it.
     *
     * @param asked names that are asked for, anew or again, each as often as it was named
     * @param dropped names that left the list
     */
    record Change(List<String> asked, List<String> dropped, boolean wildcardBegan, boolean wildcardEnded) {}

    /** Hears of what is about to change. */
    interface Watcher {
        void beforeName(String name);

        void beforeWildcard();
    }

    Subscription(NameSet names, Watcher watcher) {
        this.names = names;
        this.watcher = watcher;
    }

    boolean wildcard() {
        return wildcard;
    }

    Collection<String> names() {
        return names;
    }

    boolean names(String name) {
        return names.contains(name);
    }

    /** It wants nothing, since its stream has ended. */
    void close() {
        names.clear();
    }

    /** Rules 10 to 12: the list is the whole truth, and what is new in it is asked for. */
    Change sotw(List<String> list) {
        if (!named && list.isEmpty()) {
            return legacy();
        }
        asked = true;
        named = true;
        Set<String> wanted = new LinkedHashSet<>(list);
        wanted.remove("");
        boolean nowWildcard = wanted.remove(WILDCARD);
        List<String> added = new ArrayList<>();
        for (String name : wanted) {
            if (!names.contains(name)) {
                add(name);
                added.add(name);
            }
        }
        List<String> dropped = new ArrayList<>();
        if (names.size() > wanted.size()) {
            names.forEach(name -> {
                if (!wanted.contains(name)) {
                    dropped.add(name);
                }
            });
            dropped.forEach(this::remove);
        }
        return change(added, dropped, nowWildcard);
    }

    /** The first request, of one who has these already: nothing that it has changes by its asking. */
    void resume(List<String> list) {
        asked = true;
        named = true;
        names.addAll(list);
    }

    /** Rules 10, 11, 13: lists add and take away; what is subscribed to again is asked for again. */
    Change delta(List<String> subscribe, List<String> unsubscribe) {
        if (!asked && subscribe.isEmpty() && unsubscribe.isEmpty()) {
            return legacy();
        }
        asked = true;
        boolean nowWildcard = wildcard;
        List<String> dropped = new ArrayList<>();
        for (String name : unsubscribe) {
            if (name.equals(WILDCARD)) {
                nowWildcard = false;
            } else {
                remove(name);
                dropped.add(name);
            }
        }
        List<String> wanted = new ArrayList<>();
        for (String name : subscribe) {
            if (name.equals(WILDCARD)) {
                nowWildcard = true;
            } else if (!name.isEmpty()) {
                add(name);
                wanted.add(name);
            }
        }
        dropped.removeAll(names);
        named = true;
        return change(wanted, dropped, nowWildcard);
    }

    private void add(String name) {
        watcher.beforeName(name);
        names.add(name);
    }

    private void remove(String name) {
        watcher.beforeName(name);
        names.remove(name);
    }

    private Change legacy() {
        asked = true;
        return change(List.of(), List.of(), true);
    }

    private Change change(List<String> added, List<String> dropped, boolean nowWildcard) {
        boolean began = nowWildcard && !wildcard;
        boolean ended = wildcard && !nowWildcard;
        if (began || ended) {
            watcher.beforeWildcard();
        }
        wildcard = nowWildcard;
        return new Change(added, dropped, began, ended);
    }
}
