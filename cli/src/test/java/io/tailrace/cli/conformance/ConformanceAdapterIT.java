package io.tailrace.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import adapter.ClearStateRequest;
import adapter.ResourceRequest;
import adapter.SetStateRequest;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.tailrace.cli.e2e.AdsClient;
import io.tailrace.cli.e2e.AdsClient.Held;
import io.tailrace.cli.e2e.XdsTypes;
import io.tailrace.cli.process.Parts;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.schemas.check.EnvoyResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a conformance harness asks of the adapter, a client of the gateway has; by delta and by state of the world. */
@ExtendWith(RecordedStreams.class)
class ConformanceAdapterIT {
    private static final Duration LIVE = Duration.ofMinutes(2);

    private static final Parts PARTS = new Parts();
    private static ConformanceServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start(@TempDir Path state) throws Exception {
        server = PARTS.add(ConformanceServer.start(state, 0, 0));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.adapterPort())
                .usePlaintext()
                .build();
        PARTS.add(channel::shutdownNow);
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    @Test
    void aStateReachesItsNodeByteForByteThoughItsBodiesHaveNothingButNames() {
        List<Any> state = List.of(cluster("A"), cluster("B"), listener("L"), route("R"), assignment("A"));

        setState("plain", "", state);
        setState("other", "", List.of(cluster("C"), listener("O")));

        for (AdsClient client : clients("plain", Map.of(XdsTypes.ROUTE, "R", XdsTypes.ASSIGNMENT, "A"))) {
            await().atMost(LIVE).untilAsserted(() -> {
                assertThat(bytes(client, XdsTypes.CLUSTER))
                        .isEqualTo(Map.of(
                                "A", cluster("A").getValue(), "B", cluster("B").getValue()));
                assertThat(bytes(client, XdsTypes.LISTENER))
                        .isEqualTo(Map.of("L", listener("L").getValue()));
                assertThat(bytes(client, XdsTypes.ROUTE))
                        .isEqualTo(Map.of("R", route("R").getValue()));
                assertThat(bytes(client, XdsTypes.ASSIGNMENT))
                        .isEqualTo(Map.of("A", assignment("A").getValue()));
            });
        }
    }

    @Test
    void anotherStateReplacesTheOneBefore() {
        setState("moving", "1", List.of(cluster("A"), cluster("B"), listener("L")));
        List<AdsClient> clients = clients("moving", Map.of());
        awaitNames(clients, XdsTypes.CLUSTER, "A", "B");
        awaitNames(clients, XdsTypes.LISTENER, "L");

        setState("moving", "2", List.of(cluster("B"), cluster("C")));

        awaitNames(clients, XdsTypes.CLUSTER, "B", "C");
        awaitNames(clients, XdsTypes.LISTENER);
    }

    @Test
    void anUpdatedResourceComesWithAnotherContentAndOurOwnVersionAndTheOthersStay() {
        setState("updated", "1", List.of(cluster("A"), cluster("B"), listener("L"), route("R")));
        List<AdsClient> clients = clients("updated", Map.of(XdsTypes.ROUTE, "R"));
        awaitNames(clients, XdsTypes.CLUSTER, "A", "B");
        awaitNames(clients, XdsTypes.LISTENER, "L");
        awaitNames(clients, XdsTypes.ROUTE, "R");
        Map<String, Held> before = Map.copyOf(clients.getFirst().of(XdsTypes.CLUSTER));

        for (EnvoyResourceType type : List.of(EnvoyResourceType.CLUSTER, EnvoyResourceType.ROUTE_CONFIGURATION)) {
            String name = type == EnvoyResourceType.CLUSTER ? "A" : "R";
            call(AdapterCalls.UPDATE_RESOURCE, resource("updated", type, name, "2"));
            for (AdsClient client : clients) {
                Resource resource = new Resource(type, name);
                await().atMost(LIVE)
                        .untilAsserted(() -> assertThat(bytes(client, type.typeUrl()))
                                .containsEntry(
                                        name,
                                        resource.labelled(resource.onlyNamed(), "2")
                                                .getValue()));
            }
        }

        Map<String, Held> after = clients.getFirst().of(XdsTypes.CLUSTER);
        assertThat(after.get("B")).isEqualTo(before.get("B"));
        assertThat(after.get("A")).isNotEqualTo(before.get("A"));
        assertThat(after.values()).allSatisfy(held -> assertThat(held.version()).matches("c\\d+-[0-9a-f]{16}"));
    }

    @Test
    void aResourceIsAddedAndRemoved() {
        setState("changing", "1", List.of(cluster("A"), listener("L")));
        List<AdsClient> clients = clients("changing", Map.of(XdsTypes.ROUTE, "R"));
        awaitNames(clients, XdsTypes.CLUSTER, "A");
        awaitNames(clients, XdsTypes.LISTENER, "L");

        call(AdapterCalls.ADD_RESOURCE, resource("changing", EnvoyResourceType.CLUSTER, "B", "1"));
        call(AdapterCalls.ADD_RESOURCE, resource("changing", EnvoyResourceType.ROUTE_CONFIGURATION, "R", "1"));
        awaitNames(clients, XdsTypes.CLUSTER, "A", "B");
        awaitNames(clients, XdsTypes.ROUTE, "R");

        call(AdapterCalls.REMOVE_RESOURCE, resource("changing", EnvoyResourceType.CLUSTER, "A", ""));
        awaitNames(clients, XdsTypes.CLUSTER, "B");
        awaitNames(clients, XdsTypes.LISTENER, "L");
    }

    @Test
    void aClearedNodeHasNothingAndMayHaveAnotherStateAfterwards() {
        setState("cleared", "1", List.of(cluster("A"), listener("L")));
        List<AdsClient> clients = clients("cleared", Map.of());
        awaitNames(clients, XdsTypes.CLUSTER, "A");
        awaitNames(clients, XdsTypes.LISTENER, "L");

        call(
                AdapterCalls.CLEAR_STATE,
                ClearStateRequest.newBuilder().setNode("cleared").build());
        awaitNames(clients, XdsTypes.CLUSTER);
        awaitNames(clients, XdsTypes.LISTENER);

        setState("cleared", "1", List.of(cluster("A")));
        awaitNames(clients, XdsTypes.CLUSTER, "A");
    }

    /** Or a harness that subscribes next would see the state before. */
    @Test
    void aCallAnswersWhenTheGatewayHasWhatItAskedFor() {
        setState("prompt", "0", List.of(cluster("A")));
        Resource resource = new Resource(EnvoyResourceType.CLUSTER, "A");
        for (int version = 1; version <= 10; version++) {
            String label = Integer.toString(version);

            call(AdapterCalls.UPDATE_RESOURCE, resource("prompt", EnvoyResourceType.CLUSTER, "A", label));

            for (AdsClient client : clients("prompt", Map.of())) {
                await().atMost(LIVE).until(() -> !client.of(XdsTypes.CLUSTER).isEmpty());
                assertThat(bytes(client, XdsTypes.CLUSTER))
                        .as("the first answer after call %s", label)
                        .containsEntry(
                                "A",
                                resource.labelled(resource.onlyNamed(), label).getValue());
            }
        }
    }

    @Test
    void aHarnessFindsItsLabelsInResponsesAndTheGatewayItsVersionsInRequests() {
        setState("labelled", "1", List.of(cluster("A"), cluster("B")));
        AdsClient.Delta delta = AdsClient.delta(server.xdsPort(), "labelled", "", Map.of());
        AdsClient client = PARTS.add(delta.client());
        delta.ask(XdsTypes.CLUSTER);
        awaitNames(List.of(client), XdsTypes.CLUSTER, "A", "B");

        call(AdapterCalls.UPDATE_RESOURCE, resource("labelled", EnvoyResourceType.CLUSTER, "A", "2"));

        await().atMost(LIVE).untilAsserted(() -> assertThat(versions(client)).isEqualTo(Map.of("A", "2", "B", "1")));
        AdsClient.Delta again = AdsClient.delta(server.xdsPort(), "labelled", "", client.all());
        AdsClient knowing = PARTS.add(again.client());
        again.ask(XdsTypes.CLUSTER);
        call(AdapterCalls.UPDATE_RESOURCE, resource("labelled", EnvoyResourceType.CLUSTER, "B", "3"));
        await().atMost(LIVE).untilAsserted(() -> assertThat(versions(knowing)).isEqualTo(Map.of("A", "2", "B", "3")));
        assertThat(knowing.responses()).as("it was sent nothing that it knew").hasSize(1);
    }

    private static Map<String, String> versions(AdsClient client) {
        return client.of(XdsTypes.CLUSTER).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().version()));
    }

    @Test
    void whatCanNotBeDoneIsSaid() {
        setState("strict", "1", List.of(cluster("A")));

        assertThatThrownBy(() -> call(
                        AdapterCalls.UPDATE_RESOURCE, resource("strict", EnvoyResourceType.CLUSTER, "nothing", "2")))
                .hasMessage("NOT_FOUND: node strict has no envoy.config.cluster.v3.Cluster \"nothing\"");
        assertThatThrownBy(() -> setState(
                        "strict",
                        "2",
                        List.of(Any.newBuilder().setTypeUrl("some/Type").build())))
                .hasMessage("INVALID_ARGUMENT: found the type \"some/Type\", expected one that xDS serves");
        assertThatThrownBy(() -> setState("strict", "2", List.of(cluster(""))))
                .hasMessageStartingWith("INVALID_ARGUMENT: ")
                .hasMessageContaining("spec.resource.name");
    }

    private static List<AdsClient> clients(String node, Map<String, String> named) {
        return List.of(
                client(node, named, (port, id) -> {
                    AdsClient.Delta delta = AdsClient.delta(port, id, "", Map.of());
                    return new Stream(delta.client(), delta);
                }),
                client(node, named, (port, id) -> {
                    AdsClient.StateOfTheWorld sotw = AdsClient.stateOfTheWorld(port, id, "");
                    return new Stream(sotw.client(), sotw);
                }));
    }

    private record Stream(AdsClient client, AdsClient.Asking asking) {}

    private static AdsClient client(String node, Map<String, String> named, BiFunction<Integer, String, Stream> open) {
        Stream stream = open.apply(server.gatewayPort(), node);
        stream.asking().ask(XdsTypes.CLUSTER);
        stream.asking().ask(XdsTypes.LISTENER);
        named.forEach((type, name) -> stream.asking().ask(type, name));
        return PARTS.add(stream.client());
    }

    private static void awaitNames(List<AdsClient> clients, String typeUrl, String... names) {
        for (AdsClient client : clients) {
            await("%s %s".formatted(typeUrl, Arrays.toString(names)))
                    .atMost(LIVE)
                    .untilAsserted(() -> assertThat(client.of(typeUrl).keySet()).containsExactlyInAnyOrder(names));
        }
    }

    private static Map<String, ByteString> bytes(AdsClient client, String typeUrl) {
        return client.of(typeUrl).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().bytes()));
    }

    private static void setState(String node, String version, List<Any> resources) {
        call(
                AdapterCalls.SET_STATE,
                SetStateRequest.newBuilder()
                        .setNode(node)
                        .setVersion(version)
                        .addAllResources(resources)
                        .build());
    }

    private static ResourceRequest resource(String node, EnvoyResourceType type, String name, String version) {
        return ResourceRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type.typeUrl())
                .setResourceName(name)
                .setVersion(version)
                .build();
    }

    private static <Q, R> void call(MethodDescriptor<Q, R> method, Q request) {
        ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    private static Any cluster(String name) {
        return new Resource(EnvoyResourceType.CLUSTER, name).onlyNamed();
    }

    private static Any listener(String name) {
        return new Resource(EnvoyResourceType.LISTENER, name).onlyNamed();
    }

    private static Any route(String name) {
        return new Resource(EnvoyResourceType.ROUTE_CONFIGURATION, name).onlyNamed();
    }

    private static Any assignment(String name) {
        return new Resource(EnvoyResourceType.CLUSTER_LOAD_ASSIGNMENT, name).onlyNamed();
    }
}
