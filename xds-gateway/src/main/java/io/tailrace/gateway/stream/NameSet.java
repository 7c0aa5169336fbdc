package io.tailrace.gateway.stream;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Names of one type, in some two bytes each: the text of a name is kept once for all streams of a thread. */
final class NameSet extends AbstractSet<String> {
    private final NameTables tables;
    private final String typeUrl;
    private final RoaringBitmap numbers = new RoaringBitmap();

    /** Null as long as it is empty. */
    private @Nullable NameTable table;

    NameSet(NameTables tables, String typeUrl) {
        this.tables = tables;
        this.typeUrl = typeUrl;
    }

    @Override
    public boolean add(String name) {
        NameTable names = table == null ? tables.of(typeUrl) : table;
        table = names;
        int number = names.use(name);
        if (numbers.checkedAdd(number)) {
            return true;
        }
        names.release(number);
        return false;
    }

    @Override
    public boolean remove(Object name) {
        if (table == null || !(name instanceof String text)) {
            return false;
        }
        int number = table.find(text);
        return number >= 0 && remove(table, number);
    }

    private boolean remove(NameTable names, int number) {
        if (!numbers.checkedRemove(number)) {
            return false;
        }
        names.release(number);
        if (numbers.isEmpty()) {
            table = null;
            tables.drop(typeUrl);
        }
        return true;
    }

    @Override
    public boolean contains(Object name) {
        if (table == null || !(name instanceof String text)) {
            return false;
        }
        int number = table.find(text);
        return number >= 0 && numbers.contains(number);
    }

    @Override
    public Iterator<String> iterator() {
        NameTable names = table;
        if (names == null) { // To ask for a table would make one, which nobody drops.
            return Collections.emptyIterator();
        }
        IntIterator each = numbers.getIntIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public String next() {
                return names.name(each.next());
            }
        };
    }

    @Override
    public void clear() {
        NameTable names = table;
        if (names != null) {
            numbers.forEach((org.roaringbitmap.IntConsumer) names::release);
            numbers.clear();
            table = null;
            tables.drop(typeUrl);
        }
    }

    @Override
    public int size() {
        return numbers.getCardinality();
    }

    @Override
    public boolean isEmpty() {
        return table == null;
    }
}
