package io.tailrace.translator.core;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;

/** Where a resource tells Envoy to look for another one: always the one ADS stream. */
public final class ConfigSources {
    private static final ConfigSource ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .setResourceApiVersion(ApiVersion.V3)
            // Bounds every stall of load assignments and routes; never 0 there.
            .setInitialFetchTimeout(Durations.fromSeconds(5))
            .build();

    private ConfigSources() {}

    public static ConfigSource ads() {
        return ADS;
    }
}
