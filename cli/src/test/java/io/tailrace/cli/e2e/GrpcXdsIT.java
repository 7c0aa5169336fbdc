package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC's own xDS client, which we did not write, finds a service through a gateway, without an Envoy between. */
class GrpcXdsIT {
    private static final String BOOTSTRAP = "io.grpc.xds.bootstrapConfig";
    private static final Duration LIVE = Duration.ofMinutes(2);

    @Test
    void aProxylessClientResolvesAServiceAndCallsItAndFollowsItsEndpoints(@TempDir Path root) throws Exception {
        try (World world = World.start(root)) {
            GrpcBackend first = world.with(GrpcBackend.start("first"));
            GrpcBackend second = world.with(GrpcBackend.start("second"));
            world.service("greeter", "GRPC");
            world.endpoint("greeter", "greeter-a", first.port());
            world.write("listener.yaml", """
                kind: ProxyGroup
                metadata: {name: clients}
                spec: {selector: {nodeId: "client-*"}}
                ---
                kind: EnvoyResource
                metadata: {name: greeter}
                spec:
                  groups: [clients]
                  resource:
                    "@type": type.googleapis.com/envoy.config.listener.v3.Listener
                    name: greeter
                    apiListener:
                      apiListener:
                        "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                        routeConfig:
                          name: greeter
                          virtualHosts:
                            - name: greeter
                              domains: ["*"]
                              routes: [{match: {prefix: ""}, route: {cluster: default/greeter/80}}]
                        httpFilters:
                          - name: router
                            typedConfig:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                """);
            System.setProperty(BOOTSTRAP, """
                {"xds_servers": [{"server_uri": "%s", "channel_creds": [{"type": "insecure"}],
                                  "server_features": ["xds_v3"]}],
                 "node": {"id": "client-1"}}""".formatted(world.gateway()));
            ManagedChannel channel = Grpc.newChannelBuilder("xds:///greeter", InsecureChannelCredentials.create())
                    .build();
            try {
                await().atMost(LIVE)
                        .ignoreExceptions()
                        .until(() -> GrpcBackend.say(channel, "hello"), "first heard hello"::equals);

                world.endpoint("greeter", "greeter-a", second.port());

                await().atMost(LIVE).until(() -> GrpcBackend.say(channel, "again"), "second heard again"::equals);
                assertThat(GrpcBackend.say(channel, "more")).isEqualTo("second heard more");
            } finally {
                channel.shutdownNow();
                System.clearProperty(BOOTSTRAP);
            }
        }
    }
}
