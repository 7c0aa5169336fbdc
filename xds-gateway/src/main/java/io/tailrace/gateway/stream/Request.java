package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a discovery request that matter, of either variant. */
public record Request(
        @Nullable Node node,
        String typeUrl,
        String nonce,
        @Nullable String error,
        Names names) {
    /** Whether it asks for something by itself; in SotW, a list that has grown is an answer as well, and isn't told from one. */
    public boolean asks() {
        return switch (names) {
            case Sotw _ -> nonce.isEmpty();
            case Delta delta ->
                !delta.subscribe().isEmpty()
                        || (nonce.isEmpty() && delta.unsubscribe().isEmpty());
        };
    }

    /** Whether it shows as much as it asks for: nearly always, little is owed for it. */
    public boolean showsAll() {
        return switch (names) {
            case Sotw sotw -> !sotw.version().isEmpty() && sotw.names().isEmpty();
            case Delta delta ->
                delta.initialVersions().size() > 0
                        && delta.initialVersions().size() >= delta.subscribe().size();
        };
    }

    /** What the client wants, and what it has. */
    public sealed interface Names {}

    /** The whole list, and the version that was accepted last. */
    public record Sotw(String version, NameList list) implements Names {
        public Sotw(String version, List<String> names) {
            this(version, NameList.of(names));
        }

        public List<String> names() {
            return list.names();
        }
    }

    /** What is new to the list, what leaves it, and (with the first request of a type) what the client has. */
    public record Delta(List<String> subscribe, List<String> unsubscribe, VersionList initialVersions)
            implements Names {
        public Delta {
            subscribe = List.copyOf(subscribe);
            unsubscribe = List.copyOf(unsubscribe);
        }

        public Delta(List<String> subscribe, List<String> unsubscribe, Map<String, String> initialVersions) {
            this(subscribe, unsubscribe, VersionList.of(initialVersions));
        }
    }
}
