package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.e2e.EnvoyNode;
import io.tailrace.cli.e2e.Load;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * The broker is away for longer than sessions, transactions and patience last: what runs serves on and says so, what starts
 * meanwhile doesn't serve, and all that was said meanwhile is there in the end.
 */
final class BrokerOutage {
    private static final String VIEW_AGE = "tailrace_gateway_view_age_seconds.*";
    private static final Duration LONG = Duration.ofMinutes(3);

    private final ProcessWorld world;
    private final HostAndPort lateAddress = ProcessWorld.loopback();
    private final Part lateGateway;

    BrokerOutage(ProcessWorld world) {
        this.world = world;
        this.lateGateway = world.with(world.gateway("gateway-late", lateAddress));
    }

    void lasts(int seconds) throws Exception {
        world.inputs.file("""
            kind: Gateway
            metadata: {name: late}
            spec: {groups: [late], listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]}
            """.formatted(FreePort.next()));
        world.awaitWhole("before the outage");
        List<EnvoyState> before = states();
        Load load = Load.paced(world.targets(), Duration.ofMillis(10), answer -> answer.statusCode() == 200);
        try (load) {
            world.broker.kill();
            lateGateway.start();
            EnvoyNode lateEnvoy = world.envoy("late", Variant.DELTA, List.of(lateAddress));
            world.route("said without a broker", 20);
            await("the gateways know for how long they have heard nothing")
                    .atMost(LONG.plusSeconds(seconds))
                    .until(() -> viewAge(0) >= seconds && viewAge(1) >= seconds);

            assertThat(states()).isEqualTo(before);
            gatewaysServeOnAndSaySo();
            theConnectorKeepsWhatItHasToSay();
            whatStartsMeanwhileServesNothing(lateEnvoy);

            world.broker.start();
            world.awaitWhole("after the outage");
            lateGateway.awaitReady();
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(EnvoyState.of(lateEnvoy).differences(world.inputs.translated("late")))
                                    .isEmpty());
            await("nothing speaks of the outage any more")
                    .atMost(LONG)
                    .until(() -> viewAge(0) < 10
                            && viewAge(1) < 10
                            && world.gateways.stream()
                                    .allMatch(gateway -> gateway.readiness().equals("ok\n")));
        }
        assertThat(load.failures()).as("of %d requests", load.answered()).isEmpty();
        lateGateway.kill();
    }

    private void gatewaysServeOnAndSaySo() {
        for (Part gateway : world.gateways) {
            assertThat(gateway.notReady()).isEmpty();
            assertThat(gateway.readiness()).startsWith("ok, but ").contains("Kafka");
            assertThat(gateway.log()).contains("reader waits").contains("reason=");
        }
        for (EnvoyNode envoy : world.envoys) {
            assertThat(envoy.sum("^control_plane.connected_state")).isEqualTo(1);
        }
    }

    private void theConnectorKeepsWhatItHasToSay() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(world.connector.log())
                        .contains("connector can't publish now; it tries again with the newest state"));
        assertThat(world.connector.isAlive()).isTrue();
        assertThat(world.connector.readiness()).startsWith("ok, but ").contains("can't publish");
    }

    private void whatStartsMeanwhileServesNothing(EnvoyNode lateEnvoy) throws IOException {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lateGateway.notReady()).contains("Kafka"));
        assertThat(lateGateway.log()).contains("gateway: waiting: ");
        assertThat(listens(lateAddress)).isFalse();
        assertThat(EnvoyState.of(lateEnvoy).resources()).isEmpty();
        assertThat(lateEnvoy.sum("(cluster_manager.cds|listener_manager.lds).update_success"))
                .isZero();
    }

    private static boolean listens(HostAndPort address) throws IOException {
        try (Socket _ = new Socket(address.host(), address.port())) {
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private List<EnvoyState> states() {
        return world.envoys.stream().map(EnvoyState::of).toList();
    }

    private double viewAge(int gateway) throws IOException {
        return world.gateways.get(gateway).metric(VIEW_AGE);
    }
}
