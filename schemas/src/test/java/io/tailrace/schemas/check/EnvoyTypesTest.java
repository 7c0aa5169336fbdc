package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyTypesTest {
    private static final int STRIDE = 7;

    /** A sample of the jar's messages that Any fields hold: all of them would take seconds to load. */
    @Test
    void everyMessageOfEnvoysApiIsFoundByItsName()
            throws IOException, URISyntaxException, ReflectiveOperationException {
        List<String> classes = messages();
        assertThat(classes).hasSizeGreaterThan(1000);
        for (int i = 0; i < classes.size(); i += STRIDE) {
            Class<?> type = Class.forName(classes.get(i));
            Message prototype = (Message) type.getMethod("getDefaultInstance").invoke(null);
            String fullName = prototype.getDescriptorForType().getFullName();

            assertThat(EnvoyTypes.ofFullName(fullName)).as(fullName).hasValue(prototype);
        }
    }

    @Test
    void wellKnownTypesAreFound() {
        assertThat(EnvoyTypes.ofTypeUrl("type.googleapis.com/google.protobuf.Duration"))
                .isPresent();
        assertThat(EnvoyTypes.ofTypeUrl("type.googleapis.com/xds.type.v3.TypedStruct"))
                .isPresent();
        assertThat(EnvoyTypes.ofTypeUrl("type.googleapis.com/envoy.config.cluster.v3.Cluster.CommonLbConfig"))
                .hasValue(Cluster.CommonLbConfig.getDefaultInstance());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "envoy",
                "envoy.config.cluster.v3",
                "envoy.config.cluster.v3.Cluster$CommonLbConfig",
                "envoy.config.cluster.v3.ClusterProto",
                "envoy.config.cluster.v3.Cluster.DiscoveryType",
                "envoy.config.cluster.v3.Cluster.Builder",
                "envoy.config.cluster.v3.cluster",
                "java.lang.String",
                "tailrace.v1.Endpoint",
                "envoy..x",
                "envoy.config.cluster.v3.Cluster/"
            })
    void whatIsNoMessageOfTheApiIsNotFound(String fullName) {
        assertThat(EnvoyTypes.ofFullName(fullName)).isEmpty();
    }

    private static List<String> messages() throws IOException, URISyntaxException {
        Path jar = Path.of(Cluster.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("io/envoyproxy/envoy/") || name.startsWith("com/github/"))
                    .filter(name -> name.endsWith("OrBuilder.class"))
                    .map(name -> name.substring(0, name.length() - "OrBuilder.class".length())
                            .replace('/', '.'))
                    .forEach(names::add);
        }
        return names;
    }
}
