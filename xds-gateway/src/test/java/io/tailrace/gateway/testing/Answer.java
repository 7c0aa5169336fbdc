package io.tailrace.gateway.testing;

import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.view.ResourceName;
import java.util.List;

/** A response as a client sees it. */
public record Answer(String typeUrl, String nonce, String version, List<Piece> resources, List<String> removed) {
    /** `version` is empty in SotW; `content` tells contents apart; `refs` are unknown (empty) to a real client. */
    public record Piece(String name, String version, String content, List<ResourceName> refs) {}

    public static Answer of(Response response) {
        Content content = response.content();
        List<Piece> pieces = content.resources().stream()
                .map(body -> new Piece(body.name(), body.version(), body.hash(), body.refs()))
                .toList();
        return new Answer(content.typeUrl(), response.nonce(), content.version(), pieces, content.removed());
    }

    public List<String> names() {
        return resources.stream().map(Piece::name).toList();
    }
}
