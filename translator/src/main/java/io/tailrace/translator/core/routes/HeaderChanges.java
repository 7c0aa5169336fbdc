package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.tailrace.schemas.v1.HTTPHeader;
import io.tailrace.schemas.v1.HTTPHeaderFilter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Header modifiers as Envoy has them: it removes first, then sets and adds in the list's order. */
record HeaderChanges(List<HeaderValueOption> toAdd, List<String> toRemove) {
    static final HeaderChanges NONE = new HeaderChanges(List.of(), List.of());

    static HeaderChanges of(HTTPHeaderFilter filter) {
        Stream<HeaderValueOption> set = filter.getSetList().stream()
                .map(header -> option(header, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD));
        Stream<HeaderValueOption> add =
                filter.getAddList().stream().map(header -> option(header, HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD));
        return new HeaderChanges(Stream.concat(set, add).toList(), List.copyOf(filter.getRemoveList()));
    }

    /** These, and then the others: what these put into a header that the others remove is gone. */
    HeaderChanges then(HeaderChanges later) {
        List<String> removed = later.toRemove.stream().map(HeaderChanges::small).toList();
        Stream<HeaderValueOption> kept = toAdd.stream()
                .filter(option -> !removed.contains(small(option.getHeader().getKey())));
        return new HeaderChanges(
                Stream.concat(kept, later.toAdd.stream()).toList(),
                Stream.concat(toRemove.stream(), later.toRemove.stream())
                        .distinct()
                        .toList());
    }

    private static HeaderValueOption option(HTTPHeader header, HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(header.getName()).setValue(literal(header.getValue())))
                .setAppendAction(action)
                .build();
    }

    /** Envoy formats values: "%REQ(x)%" would be a header of the request. */
    private static String literal(String value) {
        return value.replace("%", "%%");
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
