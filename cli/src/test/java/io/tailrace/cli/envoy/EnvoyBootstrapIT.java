package io.tailrace.cli.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvoyBootstrapIT {
    @ParameterizedTest
    @EnumSource
    void envoyAcceptsIt(BootstrapSpec.Variant variant, @TempDir Path folder) throws Exception {
        List<HostAndPort> gateways =
                List.of(HostAndPort.parse("gateway.example:18000"), HostAndPort.parse("[::1]:18001"));
        BootstrapSpec spec = new BootstrapSpec("edge", "edge-1", "default", gateways, variant, 0);
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.json"), EnvoyProcess.json(spec));

        Process envoy = new ProcessBuilder(
                        EnvoyBinary.find(null).toString(), "--mode", "validate", "--config-path", bootstrap.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(envoy.getInputStream().readAllBytes(), UTF_8);

        assertThat(envoy.waitFor()).as(said).isZero();
    }

    /** Envoy refuses an option that is given twice. */
    @Test
    void whatAUserSaysOfEnvoyStandsAlone(@TempDir Path folder) throws Exception {
        BootstrapSpec spec = new BootstrapSpec(
                "edge", "edge-1", "default", List.of(HostAndPort.parse("[::1]:1")), BootstrapSpec.Variant.DELTA, 0);

        List<String> command =
                EnvoyProcess.command(EnvoyBinary.find(null), spec, folder, List.of("--drain-time-s", "5"));

        assertThat(command).containsOnlyOnce("--drain-time-s").containsSequence("--drain-time-s", "5");
        assertThat(command).containsSequence("--log-level", "warning");
    }
}
