package io.tailrace.cli.options;

import io.tailrace.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
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
        } catch (IOException e) {
            throw unreadable(file, Unreadable.why(e));
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put(String.valueOf(key), value));
        check(settings);
        checkSecurity(settings);
        return settings;
    }

    /** What would fail each client that connects: better said once, before any is made. */
    private static void checkSecurity(Map<String, Object> settings) {
        Map<String, Object> complete = new HashMap<>(settings);
        complete.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9092"); // any: nothing is connected
        try {
            ClientUtils.createChannelBuilder(new AdminClientConfig(complete), Time.SYSTEM, new LogContext())
                    .close();
        } catch (RuntimeException e) {
            // What Kafka throws here has many types: of settings, of files, of Java's own security.
            throw new CommandFailedException(ExitCode.INVALID, "--kafka-config: " + reason(e));
        }
    }

    private static String reason(RuntimeException e) {
        return e.getCause() instanceof IOException unreadable
                ? e.getMessage() + ": " + Unreadable.why(unreadable)
                : String.valueOf(e.getMessage());
    }

    private static CommandFailedException unreadable(Path file, String why) {
        return new CommandFailedException(ExitCode.INVALID, "--kafka-config: can't read " + file + ": " + why);
    }
}
