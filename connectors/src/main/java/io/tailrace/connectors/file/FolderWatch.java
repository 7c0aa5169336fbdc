package io.tailrace.connectors.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The file system's own notice that something changed. It is only a hint to walk again: notices get lost (a full queue, a
 * network file system, a limit of watches), so whoever uses this walks from time to time without one.
 */
final class FolderWatch implements AutoCloseable {
    private final WatchService service;
    private final Set<Path> roots;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Set<WatchKey> seen = new HashSet<>();
    private Optional<IOException> trouble = Optional.empty();

    FolderWatch(FileSystem files, List<Path> roots) throws IOException {
        this.service = files.newWatchService();
        this.roots = Set.copyOf(roots);
    }

    /** Begins a round: folders that aren't watched again until {@link #forgetOthers} are no longer watched after it. */
    void beginRound() {
        seen.clear();
        trouble = Optional.empty();
        for (Path root : roots) {
            Path parent = root.getParent();
            if (parent != null && parent.toFile().isDirectory()) {
                watch(parent); // a root that comes, goes, or is a link that is swapped
            }
        }
    }

    void watch(Path folder) {
        try {
            WatchKey key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            folders.put(key, folder);
            seen.add(key);
        } catch (IOException e) {
            trouble = Optional.of(e);
        }
    }

    /** Ends the round; says why some folder isn't watched, if any isn't. */
    Optional<IOException> forgetOthers() {
        folders.keySet().removeIf(key -> {
            if (!seen.contains(key)) {
                key.cancel();
                return true;
            }
            return false;
        });
        return trouble;
    }

    /**
     * Waits for a first notice, then until it has been quiet.
     *
     * @param atMost how long to wait for the first
     * @param quiet how long nothing must come after the last
     * @param ceiling how long to wait for quiet, counted from the first
     * @return what was touched; empty if nothing was, or the watch was closed
     */
    Set<Path> await(Duration atMost, Duration quiet, Duration ceiling) throws InterruptedException {
        try {
            Set<Path> touched = new HashSet<>();
            long deadline = System.nanoTime() + atMost.toNanos();
            while (touched.isEmpty()) {
                WatchKey key = service.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    return touched;
                }
                take(key, touched);
            }
            long end = System.nanoTime() + ceiling.toNanos();
            while (System.nanoTime() < end) {
                WatchKey key = service.poll(quiet.toNanos(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    break;
                }
                take(key, touched);
            }
            return touched;
        } catch (ClosedWatchServiceException e) {
            return Set.of();
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(WatchKey key, Set<Path> touched) {
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null) {
                continue;
            }
            if (event.kind().equals(OVERFLOW)) {
                touched.add(folder);
            } else if (event.context() instanceof Path name && concernsUs(folder, name)) {
                touched.add(folder.resolve(name));
            }
        }
        if (!key.reset() && folder != null) {
            folders.remove(key);
            touched.add(folder);
        }
    }

    // Of a root's parent, which may be as busy as /tmp, only the root itself is of interest.
    private boolean concernsUs(Path folder, Path name) {
        return roots.stream().noneMatch(root -> folder.equals(root.getParent()))
                || roots.contains(folder.resolve(name))
                || roots.stream().anyMatch(folder::startsWith);
    }
}
