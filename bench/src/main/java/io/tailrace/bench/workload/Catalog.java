package io.tailrace.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The truth: what every name has at the moment. Where few names change, their editions are made beforehand and come again
 * in turn, so that what is measured is the pushing of them and not their making.
 */
public final class Catalog {
    private static final int EDITIONS = 80;

    private final Content content;
    private final List<List<Edition>> made = new ArrayList<>();
    private final Edition[] current;
    private int updates;

    public Catalog(Content content) {
        this.content = content;
        current = new Edition[content.names()];
        int editions = Math.max(1, EDITIONS / content.hot());
        for (int name = 0; name < current.length; name++) {
            List<Edition> all = new ArrayList<>();
            for (int i = 0; i < (name < content.hot() ? editions : 1); i++) {
                all.add(edition(name, i));
            }
            made.add(all);
            current[name] = all.getFirst();
        }
    }

    private Edition edition(int name, int number) {
        return Edition.of(name, number, content.bytes(name));
    }

    /** The next content of the next name, which is what the name has from now on. */
    public Edition next() {
        int name = updates % content.hot();
        int round = updates / content.hot() + 1;
        updates++;
        List<Edition> all = made.get(name);
        Edition next = all.size() == 1 ? edition(name, round) : all.get(round % all.size());
        current[name] = next;
        return next;
    }

    public List<Edition> current() {
        return List.of(current);
    }

    /** What a client has of each name if it has what stands. */
    public int[] hashes() {
        return Arrays.stream(current).mapToInt(Edition::hash).toArray();
    }
}
