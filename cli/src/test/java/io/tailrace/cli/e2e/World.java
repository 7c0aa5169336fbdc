package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.cli.process.Parts;
import io.tailrace.cli.up.RunningUp;
import io.tailrace.cli.up.UpSettings;
import io.tailrace.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** All of Tailrace in this JVM with a folder of files, and the Envoys and services around it. */
final class World implements AutoCloseable {
    private final Parts parts = new Parts();
    private final Path root;
    private final Path files;
    private final RunningUp.Started up;
    private final long recordedBefore = RecordedStreams.responses();
    private volatile boolean hasEnvoys;

    private World(Path root) throws IOException, InterruptedException {
        this.root = root;
        this.files = Files.createDirectories(root.resolve("files"));
        this.up = parts.add(
                RunningUp.start(UpSettings.onFreePorts(root.resolve("state"), List.of(files)), progress -> {}));
    }

    /** Starts all in {@code root}, a folder of the test's. */
    static World start(Path root) throws IOException, InterruptedException {
        return new World(root);
    }

    RunningUp up() {
        return up.up();
    }

    String kafka() {
        return up.addresses().kafka();
    }

    HostAndPort gateway() {
        return HostAndPort.parse(up.addresses().xds());
    }

    /** Takes something that is closed with the world. */
    <T extends AutoCloseable> T with(T part) {
        return parts.add(part);
    }

    /** Writes a file of the folder in one step, as a careful editor does. */
    void write(String name, String text) throws IOException {
        Path half = Files.writeString(files.resolve("." + name + ".part"), text, UTF_8);
        Files.move(half, files.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String name) throws IOException {
        Files.delete(files.resolve(name));
    }

    /** Starts an Envoy of a group. */
    EnvoyNode envoy(String group, String id, Variant variant) {
        return envoy(new BootstrapSpec(group, id, "default", List.of(gateway()), variant, 0));
    }

    /** Starts an Envoy; {@code further} are its own options. */
    EnvoyNode envoy(BootstrapSpec spec, String... further) {
        hasEnvoys = true;
        return with(EnvoyNode.start(spec, folder(spec.nodeId()), further));
    }

    /** Where an Envoy's files lie. */
    Path folder(String nodeId) {
        return root.resolve(nodeId);
    }

    /** An endpoint of {@code service} on this machine, in a file of its own. */
    void endpoint(String service, String instance, int port) throws IOException {
        write("endpoint-" + instance + ".yaml", """
            kind: Endpoint
            metadata: {name: %s}
            spec: {service: %s, address: 127.0.0.1, ports: {main: %d}}
            """.formatted(instance, service, port));
    }

    void removeEndpoint(String instance) throws IOException {
        delete("endpoint-" + instance + ".yaml");
    }

    /** A service of one port, 80, with the name "main". */
    void service(String name, String protocol) throws IOException {
        write("service-" + name + ".yaml", """
            kind: Service
            metadata: {name: %s}
            spec: {ports: [{name: main, port: 80, protocol: %s}]}
            """.formatted(name, protocol));
    }

    /** Fails if a stream of any Envoy broke a rule of the protocol. */
    @Override
    public void close() {
        parts.close();
        RecordedStreams.verify();
        if (hasEnvoys && RecordedStreams.responses() == recordedBefore) {
            throw new AssertionError("no stream was recorded");
        }
    }
}
