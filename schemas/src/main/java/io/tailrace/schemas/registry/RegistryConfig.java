package io.tailrace.schemas.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a registry is reached, by the settings that Confluent's serializers have, which stand beside those of Kafka's clients.
 *
 * @param urls tried in this order
 * @param userInfo "user:password" for basic authentication; empty: none
 * @param tls Kafka's {@code ssl.*} settings, for the registry; empty: the JVM's own
 * @param register schemas that are missing are registered; false: they must be there
 * @param useLatest a subject's newest version is written with, whether it is exactly ours or not
 */
public record RegistryConfig(
        List<URI> urls,
        String userInfo,
        Map<String, Object> tls,
        boolean register,
        boolean useLatest,
        SubjectNames subjects) {
    private static final String PREFIX = "schema.registry.";
    private static final String URL = PREFIX + "url";
    private static final String USER_INFO = "basic.auth.user.info";

    public RegistryConfig {
        urls = List.copyOf(urls);
        tls = Map.copyOf(tls);
    }

    /** Empty without {@code schema.registry.url}. Throws IllegalArgumentException, which names the setting. */
    public static Optional<RegistryConfig> of(Map<String, Object> settings) {
        String urls = text(settings, URL, "");
        if (urls.isBlank()) {
            return Optional.empty();
        }
        String userInfo = text(settings, USER_INFO, text(settings, PREFIX + USER_INFO, ""));
        return Optional.of(new RegistryConfig(
                urls(urls),
                userInfo,
                tls(settings),
                flag(settings, "auto.register.schemas", true),
                flag(settings, "use.latest.version", false),
                SubjectNames.of(text(settings, "value.subject.name.strategy", "RecordNameStrategy"))));
    }

    private static List<URI> urls(String text) {
        List<URI> urls = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            URI url = URI.create(one.strip().replaceAll("/+$", ""));
            if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                throw new IllegalArgumentException(
                        URL + ": found \"" + one + "\", expected a URL such as http://registry:8081");
            }
            urls.add(url);
        }
        return urls;
    }

    private static Map<String, Object> tls(Map<String, Object> settings) {
        Map<String, Object> tls = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(PREFIX + "ssl.")) {
                tls.put(name.substring(PREFIX.length()), value);
            }
        });
        return tls;
    }

    private static boolean flag(Map<String, Object> settings, String name, boolean otherwise) {
        String text = text(settings, name, Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(name + ": found \"" + text + "\", expected true or false");
        }
        return text.equals("true");
    }

    private static String text(Map<String, Object> settings, String name, String otherwise) {
        Object value = settings.get(name);
        return value == null ? otherwise : value.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistryConfig" + urls;
    }
}
