package io.tailrace.translator.core.golden;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Meshes of objects from all golden cases together, which know nothing of each other: names meet by chance, so there are
 * conflicts, dangling references and attachments that no case has.
 */
final class RandomMesh {
    private static final List<GoldenCase> CASES =
            GoldenCase.names().stream().map(GoldenCase::read).toList();

    private RandomMesh() {}

    static Snapshot of(long seed) {
        Random random = new Random(seed);
        List<Placed<?>> pool = new ArrayList<>();
        CASES.forEach(golden -> pool.addAll(golden.objects().values()));
        SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>();
        SortedMap<ConfigKey, Long> deletions = new TreeMap<>();
        double share = 0.1 + 0.8 * random.nextDouble();
        java.util.Collections.shuffle(pool, random);
        long revision = 0;
        for (Placed<?> candidate : pool) {
            revision++;
            if (random.nextDouble() < share) {
                objects.put(candidate.key(), new Placed<>(candidate.key(), candidate.value(), revision));
                deletions.remove(candidate.key());
            } else if (candidate.key().kind() == Kind.SERVICE && !objects.containsKey(candidate.key())) {
                deletions.put(candidate.key(), revision);
            }
        }
        return new Snapshot(objects, deletions);
    }
}
