package io.tailrace.gateway.view;

import java.util.List;

/** One name in a group's list: where its body lies, whether a wildcard gives it, what else it may be asked for by. */
public record Entry(String name, String scope, boolean wildcard, List<String> aliases) {
    public Entry {
        aliases = List.copyOf(aliases);
    }

    public BodyKey key(String typeUrl) {
        return new BodyKey(typeUrl, scope, name);
    }
}
