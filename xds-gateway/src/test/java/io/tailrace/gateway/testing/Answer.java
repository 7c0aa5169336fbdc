package io.tailrace.gateway.testing;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.schemas.bytes.Deterministic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A response as a client sees it. */
public record Answer(String typeUrl, String nonce, String version, List<Piece> resources, List<String> removed) {
    /** `version` is the view's, also where SotW doesn't tell it; `content` is a hash of the bytes that go over the wire. */
    public record Piece(String name, String version, String content, List<ResourceName> refs) {}

    public static Answer of(Response response) {
        Content content = response.content();
        List<Piece> pieces = content.resources().stream()
                .map(body -> new Piece(body.name(), body.version(), content(body), body.refs()))
                .toList();
        return new Answer(content.typeUrl(), response.nonce(), content.version(), pieces, content.removed());
    }

    private static String content(Body body) {
        ByteString.Output bytes = ByteString.newOutput();
        try {
            body.writeTo(bytes, false);
            return Deterministic.hash16(DiscoveryResponse.parseFrom(bytes.toByteString())
                    .getResources(0)
                    .getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> names() {
        return resources.stream().map(Piece::name).toList();
    }
}
