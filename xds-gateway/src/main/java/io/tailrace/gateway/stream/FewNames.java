package io.tailrace.gateway.stream;

import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Names: of the sets that a stream has of them nearly all are empty nearly always, and then hold one. What a push touches
 * of a stream is what it costs where there are many, so one name lies here itself.
 */
final class FewNames extends AbstractSet<String> {
    private @Nullable String only;
    private @Nullable HashSet<String> several;

    @Override
    public boolean add(String name) {
        if (several != null) {
            return several.add(name);
        }
        if (only == null) {
            only = name;
            return true;
        }
        if (only.equals(name)) {
            return false;
        }
        several = new HashSet<>();
        several.add(only);
        several.add(name);
        only = null;
        return true;
    }

    @Override
    public boolean remove(Object name) {
        if (several != null) {
            boolean removed = several.remove(name);
            if (several.isEmpty()) {
                several = null;
            }
            return removed;
        }
        if (name.equals(only)) {
            only = null;
            return true;
        }
        return false;
    }

    @Override
    public boolean contains(Object name) {
        return several == null ? name.equals(only) : several.contains(name);
    }

    @Override
    public Iterator<String> iterator() {
        return several == null ? new One() : several.iterator();
    }

    private final class One implements Iterator<String> {
        private boolean left = only != null;

        @Override
        public boolean hasNext() {
            return left;
        }

        @Override
        public String next() {
            String name = only;
            if (!left || name == null) {
                throw new NoSuchElementException();
            }
            left = false;
            return name;
        }

        @Override
        public void remove() {
            only = null;
        }
    }

    @Override
    public void clear() {
        only = null;
        several = null;
    }

    @Override
    public int size() {
        return several == null ? (only == null ? 0 : 1) : several.size();
    }

    @Override
    public boolean isEmpty() {
        return only == null && (several == null || several.isEmpty());
    }
}
