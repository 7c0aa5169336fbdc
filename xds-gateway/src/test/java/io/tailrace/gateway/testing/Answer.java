package io.tailrace.gateway.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.ResourceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A response as a client sees it. */
public record Answer(String typeUrl, String nonce, String version, List<Piece> resources, List<String> removed) {
    /**
     * `version` is the view's, also where SotW doesn't tell it; `content` is a hash of the resource's bytes as they go over the
     * wire, and of its ttl if there is one; a heartbeat has none. `aliases` are what delta tells that it may be asked for by.
     */
    public record Piece(
            String name,
            String version,
            String content,
            List<ResourceName> refs,
            long ttlMs,
            boolean heartbeat,
            List<String> aliases) {}

    public static Answer of(Response response) {
        Content content = response.content();
        List<Piece> pieces = content.resources().stream()
                .map(body -> new Piece(
                        body.name(),
                        body.version(),
                        content(body),
                        body.refs(),
                        ttlMs(body),
                        body.isHeartbeat(),
                        resource(body).getAliasesList()))
                .toList();
        return new Answer(content.typeUrl(), response.nonce(), content.version(), pieces, content.removed());
    }

    private static String content(Body body) {
        return body.isHeartbeat() ? "" : Thing.hash(resource(body).getResource().getValue(), ttlMs(body));
    }

    private static long ttlMs(Body body) {
        return Durations.toMillis(resource(body).getTtl());
    }

    /** As it goes over the wire in delta; a test compares SotW's form with it. */
    private static Resource resource(Body body) {
        ByteString.Output bytes = ByteString.newOutput();
        try {
            body.writeTo(bytes, true);
            return DeltaDiscoveryResponse.parseFrom(bytes.toByteString()).getResources(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A heartbeat, or several in one. */
    public boolean isHeartbeat() {
        return !resources.isEmpty() && resources.stream().allMatch(Piece::heartbeat);
    }

    public List<String> names() {
        return resources.stream().map(Piece::name).toList();
    }
}
