package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Fingerprint;
import java.util.Collections;
import java.util.Map;

/**
 * The versions that a delta client shows when it comes. Of a crowd that reconnects nearly all show just what the view has,
 * which their fingerprints say: so the names needn't be read.
 */
public interface VersionList {
    VersionList NONE = of(Map.of());

    /** Entries, each as often as it is there. */
    int size();

    /** The sum of the {@link Fingerprint}s of the names and the hashes that their versions end in. */
    long fingerprint();

    /** The versions by name. */
    Map<String, String> byName();

    /** The map is the caller's no more: one of a thousand versions isn't copied. */
    static VersionList of(Map<String, String> versions) {
        Map<String, String> all = Collections.unmodifiableMap(versions);
        return new VersionList() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public long fingerprint() {
                long sum = 0;
                for (Map.Entry<String, String> one : all.entrySet()) {
                    sum += Fingerprint.of(one.getKey(), Body.hashOf(one.getValue()));
                }
                return sum;
            }

            @Override
            public Map<String, String> byName() {
                return all;
            }

            @Override
            public String toString() {
                return all.toString();
            }
        };
    }
}
