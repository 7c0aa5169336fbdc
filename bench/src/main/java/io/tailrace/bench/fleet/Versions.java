package io.tailrace.bench.fleet;

import io.tailrace.bench.workload.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The newest version that any client was given of each name. Belongs to the event loop. */
final class Versions {
    private final @Nullable String[] versions;
    private final int[] hashes;

    Versions(int names) {
        versions = new String[names];
        hashes = new int[names];
    }

    /** Asks for the version only if the content is another than before. */
    void saw(int name, int hash, Supplier<String> version) {
        if (versions[name] == null || hashes[name] != hash) {
            versions[name] = version.get();
            hashes[name] = hash;
        }
    }

    Map<String, String> of(int[] names) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int name : names) {
            String version = versions[name];
            if (version != null) {
                all.put(Names.of(name), version);
            }
        }
        return all;
    }
}
