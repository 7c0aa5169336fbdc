package io.tailrace.connectors.file;

import io.tailrace.connectors.core.Source;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source whose desired state is what the YAML and JSON files of some folders say. It walks the folders when the file system
 * says that something changed, and from time to time without being told.
 */
public final class FileSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    private final FileSourceSettings settings;
    private final FolderWatch watch;
    private final Folders folders;
    private final Thread thread;
    private final AtomicReference<@Nullable Taker> taker = new AtomicReference<>();
    private volatile boolean closed;

    // Of the source's thread.
    private final Departures departures;
    private @Nullable Snapshot delivered;
    private Set<ManifestProblem> reported = Set.of();
    private Optional<String> unwatched = Optional.empty();

    public FileSource(FileSourceSettings settings) throws IOException {
        this.settings = settings;
        this.watch = new FolderWatch(settings.folders().getFirst().getFileSystem(), settings.folders());
        this.folders = new Folders(settings);
        this.departures = new Departures(settings.patience());
        this.thread =
                Thread.ofPlatform().name("source-" + settings.name()).daemon().unstarted(this::run);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public void start(Taker taker) {
        if (!this.taker.compareAndSet(null, taker)) {
            throw new IllegalStateException("a source is started once");
        }
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        try {
            thread.join(); // a walk under way ends by itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Taker to = Objects.requireNonNull(taker.get());
        try {
            Set<Path> touched = Set.of();
            while (!closed) {
                look(touched, to);
                Duration longest = departures.next(System.nanoTime()).orElse(settings.rescan());
                touched = watch.await(longest, settings.quiet(), settings.ceiling());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            to.failed(e);
        }
    }

    private void look(Set<Path> touched, Taker to) {
        watch.beginRound();
        Folders.Look look = folders.look(touched, watch::watch);
        reportWatch(watch.forgetOthers());
        reportProblems(look);
        Snapshot now = departures.delay(look.snapshot(), System.nanoTime());
        if (!now.equals(delivered) && !closed) {
            delivered = now;
            to.desired(now);
        }
    }

    private void reportWatch(Optional<IOException> trouble) {
        Optional<String> now = trouble.map(IOException::toString);
        if (now.isPresent() && !now.equals(unwatched)) {
            LOG.atWarn()
                    .addKeyValue("source", settings.name())
                    .addKeyValue("reason", now.get())
                    .addKeyValue("rescan", settings.rescan())
                    .log("some folder can't be watched; its changes are found by looking from time to time");
        }
        unwatched = now;
    }

    private void reportProblems(Folders.Look look) {
        for (ManifestProblem problem : look.problems()) {
            if (!reported.contains(problem) || look.changed().contains(problem.file())) {
                LOG.atWarn()
                        .addKeyValue("source", settings.name())
                        .addKeyValue("file", problem.file())
                        .addKeyValue("line", problem.line())
                        .addKeyValue("column", problem.column())
                        .log(problem.problem().text());
            }
        }
        if (look.problems().isEmpty() && !reported.isEmpty()) {
            LOG.atInfo().addKeyValue("source", settings.name()).log("all files can be used again");
        }
        reported = new HashSet<>(look.problems());
    }
}
