package io.tailrace.connectors.file;

import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the folders and reads what may have changed since the last walk. A file is taken for unchanged by its size, time and
 * inode, as git does; one that was written to shortly before it was read is read again at the next walk, since file systems'
 * clocks tick in milliseconds.
 */
final class Folders {
    private static final Duration RACY = Duration.ofSeconds(2);
    private static final long LARGEST = 64L << 20;

    private record Read(FoundFile.Signature signature, boolean sure, int contentHash, int size) {}

    private final FileSourceSettings settings;
    private final FolderState state = new FolderState();
    private final Map<Path, Read> reads = new HashMap<>();
    private @Nullable Set<Path> unknown;

    Folders(FileSourceSettings settings) {
        this.settings = settings;
    }

    /** @param changed files with another content than at the last look */
    record Look(Snapshot snapshot, List<ManifestProblem> problems, Set<String> changed) {}

    /**
     * @param touched what must be read again even if it looks unchanged
     * @param entering told of every folder before it is listed
     */
    Look look(Set<Path> touched, Consumer<Path> entering) {
        Walk.Result walk = Walk.through(settings.folders(), entering);
        Set<String> changed = new HashSet<>();
        List<Path> found = new ArrayList<>();
        for (FoundFile file : walk.files()) {
            found.add(file.path());
            if (read(file, touched.contains(file.path()))) {
                changed.add(file.path().toString());
            }
        }
        Set<Path> unreadable = walk.unreadable().keySet();
        state.walked(found, file -> unreadable.stream().anyMatch(file::startsWith));
        reads.keySet().retainAll(new HashSet<>(found));
        return whole(walk, changed);
    }

    private Look whole(Walk.Result walk, Set<String> changed) {
        FolderState.Whole whole = state.whole();
        List<ManifestProblem> problems = new ArrayList<>(whole.problems());
        walk.unreadable()
                .forEach((path, e) -> problems.addAll(FileReading.unreadable(
                                path.toString(), 1, 1, reason(e), "a readable folder", "What it gave stays")
                        .problems()));
        Set<Path> unknownNow = new TreeSet<>(walk.unreadable().keySet());
        if (unknown != null) {
            unknownNow.retainAll(unknown);
        }
        unknown = unknownNow;
        Optional<String> incomplete = unknownNow.stream()
                .findFirst()
                .map(path -> path + " could not be read since the start")
                .or(whole.snapshot()::incomplete);
        Snapshot snapshot =
                new Snapshot(whole.snapshot().objects(), whole.snapshot().held(), incomplete, problems.size());
        return new Look(snapshot, problems, changed);
    }

    /** @return whether the file says something else than before */
    private boolean read(FoundFile file, boolean force) {
        Read before = reads.get(file.path());
        if (before != null && before.sure && !force && before.signature.equals(file.signature())) {
            return false;
        }
        Instant now = Instant.now();
        boolean sure = file.signature().modified().toInstant().plus(RACY).isBefore(now);
        FileReading reading;
        int hash;
        int size;
        try {
            byte[] content = content(file);
            hash = Arrays.hashCode(content);
            size = content.length;
            if (before != null && before.size == size && before.contentHash == hash) {
                reads.put(file.path(), new Read(file.signature(), sure, hash, size));
                return false;
            }
            reading = FileReading.of(file.path().toString(), content, settings.name());
        } catch (IOException e) {
            reading = FileReading.unreadable(
                    file.path().toString(), 1, 1, reason(e), "a readable file", "What it gave stays");
            hash = e.toString().hashCode();
            size = -1;
            sure = false;
        }
        reads.put(file.path(), new Read(file.signature(), sure, hash, size));
        state.read(file.path(), reading);
        return before == null || before.size != size || before.contentHash != hash;
    }

    private static byte[] content(FoundFile file) throws IOException {
        if (file.signature().size() > LARGEST) {
            throw new IOException("larger than 64 MiB");
        }
        return Files.readAllBytes(file.path());
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
