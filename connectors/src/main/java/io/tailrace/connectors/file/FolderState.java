package io.tailrace.connectors.file;

import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the files of a source say together. What a file last gave stays while it can't be read whole; the first file by path
 * has an object that several give. Without I/O, so that tests can play every order of events.
 */
final class FolderState {
    /**
     * @param reading what the file says now
     * @param kept what it gave before it broke, and may still mean
     * @param known nothing else of this file can be on the log
     */
    private record FileState(FileReading reading, Map<ObjectKey, SourceObject> kept, boolean known) {}

    private final Map<Path, FileState> files = new LinkedHashMap<>();
    private List<Path> order = List.of();
    private boolean started;

    /** A file has this content now. */
    void read(Path file, FileReading reading) {
        FileState before = files.get(file);
        Map<ObjectKey, SourceObject> kept = new HashMap<>();
        if (before != null) {
            kept.putAll(before.kept);
            before.reading.objects().forEach((key, line) -> kept.put(key, line.object()));
            kept.keySet().removeAll(reading.objects().keySet());
            kept.keySet()
                    .removeIf(key -> reading.tellsAll() && !reading.rejected().contains(key));
        }
        // A file that comes while we run, broken, has given nothing yet; one that we find at our start may have.
        boolean known = reading.tellsAll() || (before == null ? started : before.known);
        files.put(file, new FileState(reading, Map.copyOf(kept), known));
    }

    /**
     * A walk has ended: these are the files, in the order in which they count.
     *
     * @param unsure tells whether a file may still be there though the walk didn't find it
     */
    void walked(List<Path> found, Predicate<Path> unsure) {
        List<Path> now = new ArrayList<>(found);
        Set<Path> missing = new TreeSet<>(files.keySet());
        found.forEach(missing::remove);
        for (Path file : missing) {
            if (unsure.test(file)) {
                now.add(file);
            } else {
                files.remove(file);
            }
        }
        order = List.copyOf(now);
        started = true;
    }

    /** @param snapshot without the problems of folders, of which this class knows nothing */
    record Whole(Snapshot snapshot, List<ManifestProblem> problems) {}

    Whole whole() {
        Map<ObjectKey, SourceObject> objects = new HashMap<>();
        Map<ObjectKey, Location> places = new HashMap<>();
        Set<ObjectKey> held = new HashSet<>();
        List<ManifestProblem> problems = new ArrayList<>();
        for (Path file : order) {
            FileReading reading = state(file).reading;
            problems.addAll(reading.problems());
            held.addAll(reading.rejected());
            reading.objects().forEach((key, line) -> {
                Location first = places.putIfAbsent(key, new Location(file, line.line()));
                if (first == null) {
                    objects.put(key, line.object());
                } else {
                    problems.add(twice(file, key, line.line(), first));
                }
            });
        }
        order.forEach(file -> state(file).kept.forEach(objects::putIfAbsent));
        held.removeAll(objects.keySet());
        Optional<String> unknown = order.stream()
                .filter(file -> !state(file).known)
                .findFirst()
                .map(file -> file + " could not be read whole since the start");
        return new Whole(new Snapshot(objects, held, unknown, problems.size()), List.copyOf(problems));
    }

    private record Location(Path file, int line) {}

    private static ManifestProblem twice(Path file, ObjectKey key, int line, Location first) {
        Problem problem = Problem.of(
                        "metadata.name",
                        "the object of " + first.file() + ", line " + first.line() + ", again",
                        "each object once")
                .withAdvice("The first by path counts")
                .in(key.kind().id(), key.namespace(), key.name());
        return new ManifestProblem(file.toString(), line, 1, problem);
    }

    private FileState state(Path file) {
        FileState state = files.get(file);
        if (state == null) {
            throw new IllegalStateException(file + " was walked but not read");
        }
        return state;
    }
}
