package io.tailrace.connectors.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a file source reads its folders.
 *
 * @param name the source's name: the {@code ce_source} of all that it publishes
 * @param folders together one source; where two give the same object, the first counts
 * @param quiet how long nothing must change before files are read. Writing a file is several notices, some microseconds apart;
 *     10 ms is far beyond that, and a small part of the way to the log
 * @param ceiling files are read after so long though it never gets quiet
 * @param rescan how often to look without a notice
 * @param patience how long an object must be missing before it is gone
 */
public record FileSourceSettings(
        String name, List<Path> folders, Duration quiet, Duration ceiling, Duration rescan, Duration patience) {
    public FileSourceSettings {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a source needs a name");
        }
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("a file source needs a folder");
        }
        folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    public static FileSourceSettings of(String name, List<Path> folders) {
        return new FileSourceSettings(
                name,
                folders,
                Duration.ofMillis(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofMillis(300));
    }
}
