package io.tailrace.gateway;

import io.tailrace.gateway.server.XdsServerSettings;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * What one gateway is told at its start.
 *
 * @param name names it on `fleet` and in metrics; unique among the gateways of a fleet, and the same after a restart
 * @param kafka settings of Kafka clients, `bootstrap.servers` at least
 */
public record GatewaySettings(String name, Map<String, Object> kafka, Topics topics, XdsServerSettings xds) {
    public GatewaySettings {
        kafka = Map.copyOf(kafka);
    }

    /** `port` 0 takes a free one. */
    public static GatewaySettings of(String name, Map<String, Object> kafka, Topics topics, String address, int port) {
        return new GatewaySettings(name, kafka, topics, XdsServerSettings.of(address, port));
    }

    /** Streams that are open when it closes are ended one after the other over this time. */
    public GatewaySettings withDrain(Duration time) {
        return new GatewaySettings(name, kafka, topics, xds.withDrainMs(time.toMillis()));
    }
}
