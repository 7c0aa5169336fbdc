package io.tailrace.translator.core.golden;

import static java.util.stream.Collectors.toMap;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.ManifestObject;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One folder under {@code golden}. Its objects get the revisions 1, 2, ... in the order of file names and documents; the
 * keys in {@code in/deleted.txt}, one a line, were deleted after them, in their order.
 */
record GoldenCase(Path folder, SortedMap<ConfigKey, Placed<?>> objects, SortedMap<EndpointKey, Endpoint> endpoints) {
    static final Path ROOT = Path.of("src/test/resources/golden");
    static final String DELETED = "deleted.txt";

    static List<String> names() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GoldenCase read(String name) {
        GoldenCase golden = new GoldenCase(ROOT.resolve(name), new TreeMap<>(), new TreeMap<>());
        for (ManifestObject object : golden.manifests()) {
            if (object.key() instanceof ConfigKey key) {
                golden.objects.put(key, new Placed<>(key, object.object(), golden.objects.size() + 1L));
            } else if (object.key() instanceof EndpointKey key && object.object() instanceof Endpoint endpoint) {
                golden.endpoints.put(key, endpoint);
            }
        }
        return golden;
    }

    String name() {
        return folder.getFileName().toString();
    }

    Snapshot snapshot() {
        SortedMap<ConfigKey, Long> deletions = new TreeMap<>();
        Path deleted = folder.resolve("in").resolve(DELETED);
        if (Files.exists(deleted)) {
            text(deleted).lines().forEach(line -> {
                ConfigKey key = (ConfigKey) ObjectKey.parse(line);
                deletions.put(key, objects.size() + deletions.size() + 1L);
            });
        }
        return new Snapshot(objects, deletions);
    }

    /** Of one service, as the endpoint lane has them together. */
    SortedMap<EndpointKey, Endpoint> endpointsOf(ConfigKey service) {
        return endpoints.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(service.namespace())
                        && entry.getKey().service().equals(service.name()))
                .collect(toMap(entry -> entry.getKey(), entry -> entry.getValue(), (a, b) -> a, TreeMap::new));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ManifestObject> manifests() {
        List<ManifestObject> objects = new ArrayList<>();
        for (Path file : files(folder.resolve("in"))) {
            if (!file.getFileName().toString().equals(DELETED)) {
                ParsedFile parsed = Manifests.parse(file.getFileName().toString(), text(file));
                if (!parsed.problems().isEmpty()) {
                    throw new AssertionError(file + ": " + parsed.problems());
                }
                objects.addAll(parsed.objects());
            }
        }
        return objects;
    }

    static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
