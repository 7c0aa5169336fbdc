package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server over real gRPC, by the stubs that Envoy's API has, with a view that has something of every type. */
@ExtendWith(RecordedStreams.class)
abstract class GrpcRules {
    static final Node NODE =
            Node.newBuilder().setId("n1").setCluster(Views.GROUP).build();

    final Views views = Views.of(
            cluster("a", 1),
            assignment("a", 1),
            listener("l", 1, "r"),
            route("r", 1, "a"),
            Thing.of(Types.SCOPED_ROUTE, "one", StringValue.of("scope"), true),
            Thing.of(Types.VIRTUAL_HOST, "one", StringValue.of("host"), false),
            Thing.of(Types.SECRET, "one", StringValue.of("key"), false),
            Thing.of(Types.EXTENSION, "one", StringValue.of("filter"), false),
            Thing.of(Types.RUNTIME, "one", StringValue.of("layer"), false));

    private XdsServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        connect(XdsServerSettings.of("127.0.0.1", 0));
    }

    FleetObserver observer() {
        return FleetObserver.NONE;
    }

    private void connect(XdsServerSettings settings) throws IOException {
        server = XdsServer.start(settings, views.view(), observer(), RealThings.NEWEST);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    /** Goes on with a server that has these settings. */
    final void restart(XdsServerSettings settings) throws IOException {
        stop();
        connect(settings);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    final XdsServer server() {
        return server;
    }

    final ManagedChannel channel() {
        return channel;
    }

    final DiscoveryClient<DiscoveryRequest, DiscoveryResponse> sotw() {
        return new DiscoveryClient<>(channel, AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());
    }

    final DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
        return new DiscoveryClient<>(channel, AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());
    }

    static DiscoveryRequest.Builder sotw(String typeUrl, String... names) {
        return DiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNames(List.of(names));
    }

    static DeltaDiscoveryRequest.Builder delta(String typeUrl, String... names) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesSubscribe(List.of(names));
    }

    static DiscoveryRequest ack(DiscoveryResponse response, String... names) {
        return sotw(response.getTypeUrl(), names)
                .setResponseNonce(response.getNonce())
                .setVersionInfo(response.getVersionInfo())
                .build();
    }

    static DeltaDiscoveryRequest ack(DeltaDiscoveryResponse response) {
        return delta(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build();
    }

    static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }

    /** By what is in them: a SotW response has no names. */
    static List<String> names(DiscoveryResponse response) {
        return response.getResourcesList().stream().map(GrpcRules::name).toList();
    }

    private static String name(Any resource) {
        try {
            return switch (resource.getTypeUrl()) {
                case Types.CLUSTER -> Cluster.parseFrom(resource.getValue()).getName();
                case Types.ASSIGNMENT ->
                    ClusterLoadAssignment.parseFrom(resource.getValue()).getClusterName();
                case Types.LISTENER -> Listener.parseFrom(resource.getValue()).getName();
                case Types.ROUTE ->
                    RouteConfiguration.parseFrom(resource.getValue()).getName();
                default -> resource.getTypeUrl();
            };
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing was sent to it before the answer to this question; once on a stream. */
    static void sotwHeardNothing(DiscoveryClient<DiscoveryRequest, DiscoveryResponse> client)
            throws InterruptedException {
        DiscoveryResponse next = client.send(sotw(Types.SECRET, "one").build()).next();
        assertThat(next.getTypeUrl()).as("%s", next).isEqualTo(Types.SECRET);
        client.send(ack(next, "one"));
    }

    /** Nothing was sent to it before the answer to this question. */
    static void deltaHeardNothing(DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> client)
            throws InterruptedException {
        DeltaDiscoveryResponse next =
                client.send(delta(Types.SECRET, "one").build()).next();
        assertThat(next.getTypeUrl()).as("%s", next).isEqualTo(Types.SECRET);
        client.send(ack(next));
    }

    final void publish(ViewStep step) {
        server.publish(step);
    }
}
