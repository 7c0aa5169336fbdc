package io.tailrace.cli.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.Unreadable;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.ManifestObject;
import io.tailrace.schemas.manifest.ManifestProblem;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The objects of files and folders that a command was given, and everything that is wrong with them.
 *
 * @param objects by key, in the order of the files
 * @param places where each object begins: "file:line"
 * @param problems with their places
 */
record ManifestFiles(
        Map<ObjectKey, ManifestObject> objects, Map<ObjectKey, String> places, List<ManifestProblem> problems) {
    private static final String STANDARD_INPUT = "-";

    /**
     * Reads files, all YAML and JSON files of folders, and "-" for standard input.
     *
     * @param source of endpoints that don't say one
     */
    static ManifestFiles read(List<Path> paths, String source) {
        ManifestFiles read = new ManifestFiles(new LinkedHashMap<>(), new HashMap<>(), new ArrayList<>());
        for (Path path : paths) {
            for (Path file : files(path)) {
                read.add(Manifests.parse(file.toString(), text(file), source));
            }
        }
        return read;
    }

    /** The objects themselves. */
    Map<ObjectKey, Message> messages() {
        Map<ObjectKey, Message> messages = new LinkedHashMap<>();
        objects.forEach((key, object) -> messages.put(key, object.object()));
        return messages;
    }

    private void add(ParsedFile file) {
        problems.addAll(file.problems());
        for (ManifestObject object : file.objects()) {
            if (objects.putIfAbsent(object.key(), object) == null) {
                places.put(object.key(), file.file() + ":" + object.line());
            } else {
                Problem twice =
                        Problem.of("metadata.name", "an object that another document has too", "each object once");
                problems.add(new ManifestProblem(file.file(), object.line(), 1, named(twice, object.key())));
            }
        }
    }

    private static Problem named(Problem problem, ObjectKey key) {
        return problem.in(key.kind().id(), key.namespace(), key.name());
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (UncheckedIOException e) {
            throw unreadable(path, Objects.requireNonNull(e.getCause()));
        }
    }

    private static String text(Path file) {
        try {
            return file.toString().equals(STANDARD_INPUT)
                    ? new String(System.in.readAllBytes(), UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CommandFailedException unreadable(Path path, IOException e) {
        return new CommandFailedException(ExitCode.INVALID, "-f: can't read " + path + ": " + Unreadable.why(e));
    }
}
