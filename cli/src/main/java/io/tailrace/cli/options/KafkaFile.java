package io.tailrace.cli.options;

import io.tailrace.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file of {@code --kafka-config}: the ordinary client settings, as a properties file. */
public final class KafkaFile {
    private KafkaFile() {}

    /** Throws CommandFailedException if they name a schema registry in a way that can't be right. */
    static void check(Map<String, Object> settings) {
        try {
            var _ = SchemaRegistry.of(settings);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.INVALID, "--kafka-config: " + e.getMessage());
        }
    }

    /** The settings in the file; none without a file. */
    public static Map<String, Object> read(@Nullable Path file) {
        if (file == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--kafka-config: can't read " + file + ": " + e.getMessage());
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(String.valueOf(key), value));
        check(settings);
        return settings;
    }
}
