package io.tailrace.schemas.check;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Envoy's message types by full name, for raw resources. A class is loaded when its type is first asked for: the whole
 * API has 4,000 messages, of which an installation uses a few. Java's names follow from Protobuf's, so no list is kept.
 */
public final class EnvoyTypes {
    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    private static final Map<String, String> JAVA_PACKAGES = javaPackages();
    private static final Map<String, Optional<Message>> LOADED = new ConcurrentHashMap<>();

    private EnvoyTypes() {}

    /** The default instance of the message that a type URL names; empty if this version of the API has none. */
    public static Optional<Message> ofTypeUrl(String typeUrl) {
        return ofFullName(fullName(typeUrl));
    }

    public static Optional<Message> ofFullName(String fullName) {
        Optional<Message> known = LOADED.get(fullName);
        if (known == null) {
            known = load(fullName);
            // What isn't there is not remembered: users could fill the map.
            known.ifPresent(message -> LOADED.put(fullName, Optional.of(message)));
        }
        return known;
    }

    /** "envoy.config.cluster.v3.Cluster" of "type.googleapis.com/envoy.config.cluster.v3.Cluster". */
    public static String fullName(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }

    public static String fullName(Any any) {
        return fullName(any.getTypeUrl());
    }

    private static Optional<Message> load(String fullName) {
        if (!FULL_NAME.matcher(fullName).matches()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> entry : JAVA_PACKAGES.entrySet()) {
            if (fullName.startsWith(entry.getKey())) {
                return loadClass(
                        fullName,
                        entry.getValue() + fullName.substring(entry.getKey().length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Message> loadClass(String fullName, String javaName) {
        try {
            Class<?> type = Class.forName(nested(javaName), false, EnvoyTypes.class.getClassLoader());
            if (!Message.class.isAssignableFrom(type)) {
                return Optional.empty();
            }
            Message prototype = (Message) type.getMethod("getDefaultInstance").invoke(null);
            return Optional.of(prototype)
                    .filter(it -> it.getDescriptorForType().getFullName().equals(fullName));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    // Packages are written small and messages with a capital: a.v3.Outer.Inner is the class a.v3.Outer$Inner.
    private static String nested(String javaName) {
        StringBuilder name = new StringBuilder(javaName);
        boolean inMessage = false;
        for (int at = 0; at < name.length(); at = name.indexOf(".", at) + 1) {
            if (inMessage) {
                name.setCharAt(at - 1, '$');
            }
            inMessage |= Character.isUpperCase(name.charAt(at));
            if (name.indexOf(".", at) < 0) {
                break;
            }
        }
        return name.toString();
    }

    private static Map<String, String> javaPackages() {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("envoy.", "io.envoyproxy.envoy.");
        packages.put("xds.", "com.github.xds.");
        packages.put("udpa.", "com.github.udpa.udpa.");
        packages.put("google.protobuf.", "com.google.protobuf.");
        packages.put("google.rpc.", "com.google.rpc.");
        packages.put("opentelemetry.", "io.opentelemetry.");
        return packages;
    }
}
