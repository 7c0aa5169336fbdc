package io.tailrace.connectors.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One walk through the folders of a source: the files that count, sorted by path, and the places that couldn't be read. Names
 * that begin with a dot don't count (editors' and version control's own, and the real folders behind a Kubernetes
 * ConfigMap's links), nor do other suffixes (backups such as {@code x.yaml~} end in something else). Links are followed.
 */
final class Walk {
    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

    private final Consumer<Path> entering;
    private final Map<Path, FoundFile> files = new LinkedHashMap<>();
    private final Map<Path, IOException> unreadable = new TreeMap<>();
    private final Set<Path> onTheWay = new LinkedHashSet<>();

    private Walk(Consumer<Path> entering) {
        this.entering = entering;
    }

    /** @param unreadable folders that couldn't be listed and files that couldn't be looked at, with the reason */
    record Result(List<FoundFile> files, Map<Path, IOException> unreadable) {}

    /**
     * @param entering told of every folder before it is listed, so that whoever watches it from then on misses nothing
     */
    static Result through(List<Path> folders, Consumer<Path> entering) {
        Walk walk = new Walk(entering);
        folders.forEach(walk::visit);
        return new Result(List.copyOf(walk.files.values()), walk.unreadable);
    }

    static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private void visit(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                list(path);
            } else if (attributes.isRegularFile() && counts(path)) {
                found(path, attributes);
            }
        } catch (IOException e) {
            unreadable.put(path, e);
        }
    }

    private void list(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!onTheWay.add(real)) {
            return; // a link that leads back to where we are
        }
        try {
            entering.accept(folder);
            for (Path child : children(folder)) {
                visitChild(child);
            }
        } finally {
            onTheWay.remove(real);
        }
    }

    private void visitChild(Path child) {
        boolean hidden = child.getFileName().toString().startsWith(".");
        // What vanished since the listing has simply vanished; a link that leads nowhere is still there.
        boolean there = Files.exists(child, LinkOption.NOFOLLOW_LINKS);
        if (!hidden && there && (counts(child) || Files.isDirectory(child))) {
            visit(child);
        }
    }

    private void found(Path file, BasicFileAttributes attributes) throws IOException {
        files.putIfAbsent(file, new FoundFile(file, FoundFile.Signature.of(attributes)));
        if (Files.isSymbolicLink(file)) {
            Path real = file.toRealPath().getParent();
            if (real != null) {
                entering.accept(real);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return new ArrayList<>(children.sorted().toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
