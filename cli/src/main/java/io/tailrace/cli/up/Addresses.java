package io.tailrace.cli.up;

/**
 * Where a running {@code up} can be reached; what {@code --ready-file} holds.
 *
 * @param kafka the brokers' {@code bootstrap.servers}
 * @param xds the gateway, {@code host:port}
 * @param http health and metrics, {@code http://host:port}
 */
public record Addresses(String kafka, String xds, String http) {
    /** One JSON object with these three, as text. */
    public String json() {
        return "{\"kafka\": \"" + kafka + "\", \"xds\": \"" + xds + "\", \"http\": \"" + http + "\"}\n";
    }
}
