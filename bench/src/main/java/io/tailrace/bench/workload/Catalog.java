package io.tailrace.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The truth: what every name has at the moment. Editions are made beforehand and come again in turn, so that what is
 * measured is the pushing of them and not their making.
 */
public final class Catalog {
    private static final int EDITIONS = 80;

    private final int hot;
    private final int editionsOfAName;
    private final List<List<Edition>> editions = new ArrayList<>();
    private final Edition[] current;
    private int updates;

    public Catalog(Workload workload) {
        hot = workload.hot();
        editionsOfAName = EDITIONS / hot;
        current = new Edition[workload.names()];
        for (int name = 0; name < current.length; name++) {
            List<Edition> all = new ArrayList<>();
            for (int i = 0; i < (name < hot ? editionsOfAName : 1); i++) {
                all.add(Edition.of(name, i, workload.bytes(name)));
            }
            editions.add(all);
            current[name] = all.getFirst();
        }
    }

    /** The next content of the next name, which is what the name has from now on. */
    public Edition next() {
        int name = updates % hot;
        int round = updates / hot + 1;
        updates++;
        Edition next = editions.get(name).get(round % editionsOfAName);
        current[name] = next;
        return next;
    }

    public List<Edition> current() {
        return List.of(current);
    }

    /** What a client has of each name if it has what stands. */
    public int[] hashes() {
        return Arrays.stream(current)
                .mapToInt(edition -> {
                    CRC32C crc = new CRC32C();
                    crc.update(edition.bytes().asReadOnlyByteBuffer());
                    return (int) crc.getValue();
                })
                .toArray();
    }
}
