package io.tailrace.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.BuildVersion;
import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a client says of itself, from its bytes. */
final class NodeReader {
    private NodeReader() {}

    static Node read(ByteString bytes) throws InvalidProtocolBufferException {
        var node = io.envoyproxy.envoy.config.core.v3.Node.parseFrom(bytes, ExtensionRegistryLite.getEmptyRegistry());
        Map<String, String> metadata = new TreeMap<>();
        node.getMetadata().getFieldsMap().forEach((key, value) -> {
            if (value.hasStringValue()) {
                metadata.put(key, value.getStringValue());
            }
        });
        var at = node.getLocality();
        Node.Locality locality = new Node.Locality(at.getRegion(), at.getZone(), at.getSubZone());
        return new Node(node.getId(), node.getCluster(), metadata, locality, userAgent(node), features(node));
    }

    /** By Envoy's names; the list of features and the page on the protocol have two for the second. */
    private static Set<ClientFeature> features(io.envoyproxy.envoy.config.core.v3.Node node) {
        Set<ClientFeature> features = EnumSet.noneOf(ClientFeature.class);
        for (String feature : node.getClientFeaturesList()) {
            switch (feature) {
                case "xds.config.supports-resource-ttl" -> features.add(ClientFeature.TTL);
                case "xds.config.resource-in-sotw", "xds.config.supports-resource-in-sotw" ->
                    features.add(ClientFeature.WRAPPED_IN_SOTW);
                default -> {}
            }
        }
        return features;
    }

    private static String userAgent(io.envoyproxy.envoy.config.core.v3.Node node) {
        BuildVersion build = node.getUserAgentBuildVersion();
        String version = node.hasUserAgentBuildVersion()
                ? build.getVersion().getMajorNumber() + "." + build.getVersion().getMinorNumber() + "."
                        + build.getVersion().getPatch()
                : node.getUserAgentVersion();
        return (node.getUserAgentName() + " " + version).strip();
    }
}
