package io.tailrace.gateway.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/** What a group has of one type, in the chunks that the log has it in. Chunks are disjoint. */
record TypeList(
        HashPMap<Integer, List<Entry>> chunks, HashPMap<String, Entry> entries, HashPMap<String, String> aliases) {
    static final TypeList EMPTY = new TypeList(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    List<Entry> chunk(int number) {
        return chunks.getOrDefault(number, List.of());
    }

    TypeList with(int number, List<Entry> chunk) {
        HashPMap<String, Entry> newEntries = entries;
        HashPMap<String, String> newAliases = aliases;
        for (Entry old : chunk(number)) {
            newEntries = newEntries.minus(old.name());
            newAliases = newAliases.minusAll(old.aliases());
        }
        for (Entry entry : chunk) {
            newEntries = newEntries.plus(entry.name(), entry);
            for (String alias : entry.aliases()) {
                newAliases = newAliases.plus(alias, entry.name());
            }
        }
        var newChunks = chunk.isEmpty() ? chunks.minus(number) : chunks.plus(number, List.copyOf(chunk));
        return new TypeList(newChunks, newEntries, newAliases);
    }

    /** By its name, or by another name that it may be asked for by. */
    @Nullable
    Entry find(String nameOrAlias) {
        Entry entry = entries.get(nameOrAlias);
        if (entry != null) {
            return entry;
        }
        String name = aliases.get(nameOrAlias);
        return name == null ? null : entries.get(name);
    }
}
