package io.tailrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml as a test asks it: merge keys followed, lists and texts as they stand. */
record ComposeFile(Map<String, Service> services, Settings volumes) {
    static ComposeFile read(Path file) throws IOException {
        Settings root = Settings.of(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        Map<String, Service> services = new LinkedHashMap<>();
        root.settings("services").texts().keySet().forEach(name -> {
            Settings service = root.settings("services").settings(name);
            services.put(name, new Service(name, service.over(service.settings("<<"))));
        });
        return new ComposeFile(services, root.settings("volumes"));
    }

    Service service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** Those that run the `tailrace` command. */
    List<Service> ours() {
        return services.values().stream()
                .filter(service -> service.settings().text("image").equals("tailrace"))
                .toList();
    }

    record Service(String name, Settings settings) {
        /** Of its command line. */
        List<String> words() {
            return List.of(settings.text("command").split(" +", -1));
        }

        boolean hasHealthCheck() {
            return settings.has("healthcheck");
        }
    }

    /** A mapping of the file; what isn't there is empty. */
    record Settings(Map<?, ?> map) {
        static Settings of(@Nullable Object value) {
            return new Settings(value instanceof Map<?, ?> map ? map : Map.of());
        }

        boolean has(String name) {
            return map.containsKey(name);
        }

        String text(String name) {
            return Objects.toString(map.get(name), "");
        }

        Settings settings(String name) {
            return of(map.get(name));
        }

        List<String> list(String name) {
            return map.get(name) instanceof List<?> all
                    ? all.stream().map(Object::toString).toList()
                    : List.of();
        }

        /** All that is there, as text. */
        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            map.forEach((name, value) -> texts.put(name.toString(), Objects.toString(value, "")));
            return texts;
        }

        Settings over(Settings merged) {
            Map<Object, Object> all = new LinkedHashMap<>(merged.map);
            all.putAll(map);
            all.remove("<<");
            return new Settings(all);
        }
    }
}
