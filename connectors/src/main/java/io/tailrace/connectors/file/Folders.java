package io.tailrace.connectors.file;

import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    /** @param sure the signature tells whether the content is still this */
    private record Read(FoundFile.Signature signature, boolean sure, Content content) {}

    /** @param size negative: it couldn't be read */
    private record Content(int size, int hash) {}

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
            try {
                if (read(file, touched.contains(file.path()))) {
                    changed.add(file.path().toString());
                }
                found.add(file.path());
            } catch (NoSuchFileException e) {
                // It vanished since the walk came by.
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

    /** Reads a file if it may have changed; says whether it has. */
    private boolean read(FoundFile file, boolean force) throws NoSuchFileException {
        Read before = reads.get(file.path());
        if (before != null && before.sure && !force && before.signature.equals(file.signature())) {
            return false;
        }
        boolean old = file.signature().modified().toInstant().plus(RACY).isBefore(Instant.now());
        try {
            byte[] bytes = content(file);
            Content content = new Content(bytes.length, Arrays.hashCode(bytes));
            reads.put(file.path(), new Read(file.signature(), old, content));
            if (before != null && before.content.equals(content)) {
                return false;
            }
            state.read(file.path(), FileReading.of(file.path().toString(), bytes, settings.name()));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            Content content = new Content(-1, e.toString().hashCode());
            reads.put(file.path(), new Read(file.signature(), false, content));
            if (before != null && before.content.equals(content)) {
                return false;
            }
            state.read(
                    file.path(),
                    FileReading.unreadable(
                            file.path().toString(), 1, 1, reason(e), "a readable file", "What it gave stays"));
        }
        return true;
    }

    private static byte[] content(FoundFile file) throws IOException {
        if (file.signature().size() > LARGEST) {
            throw new IOException("larger than 64 MiB");
        }
        return Files.readAllBytes(file.path());
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "nothing there";
            case AccessDeniedException denied -> "no permission to read it";
            default -> String.valueOf(e.getMessage());
        };
    }
}
