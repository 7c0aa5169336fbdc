package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.tailrace.schemas.v1.HTTPHeader;
import io.tailrace.schemas.v1.HTTPHeaderFilter;
import java.util.ArrayList;
import java.util.List;

/** Header modifiers as Envoy has them. */
final class HeaderChanges {
    private HeaderChanges() {}

    static List<HeaderValueOption> toAdd(HTTPHeaderFilter filter) {
        List<HeaderValueOption> options = new ArrayList<>();
        filter.getSetList()
                .forEach(header -> options.add(option(header, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)));
        filter.getAddList().forEach(header -> options.add(option(header, HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
        return options;
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
}
