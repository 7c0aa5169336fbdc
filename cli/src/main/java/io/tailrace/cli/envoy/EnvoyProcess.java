package io.tailrace.cli.envoy;

import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** An Envoy that runs with a bootstrap of ours, in a folder of its own where its log and its admin address lie. */
public final class EnvoyProcess implements AutoCloseable {
    /** Old filter chains and draining listeners live on for a minute; Envoy's own default is ten. */
    private static final SortedMap<String, String> DEFAULTS =
            new TreeMap<>(Map.of("--drain-time-s", "60", "--log-level", "warning"));

    private final Process process;
    private final Path folder;

    private EnvoyProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts {@code binary} and returns at once.
     *
     * @param folder holds bootstrap.json, envoy.log and admin-address.txt; made if it isn't there
     * @param further Envoy's own options, which win over ours
     */
    public static EnvoyProcess start(Path binary, BootstrapSpec spec, Path folder, List<String> further)
            throws IOException {
        Process process = new ProcessBuilder(command(binary, spec, folder, further))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("envoy.log").toFile())
                .start();
        return new EnvoyProcess(process, folder);
    }

    /** The bootstrap as the JSON that Envoy reads. */
    public static String json(BootstrapSpec spec) {
        TypeRegistry types = TypeRegistry.newBuilder()
                .add(HttpProtocolOptions.getDescriptor())
                .build();
        try {
            return JsonFormat.printer().usingTypeRegistry(types).print(EnvoyBootstrap.of(spec));
        } catch (IOException e) {
            throw new AssertionError("the bootstrap holds only types that the registry names", e);
        }
    }

    /** The process, to stop or to signal it. */
    public Process process() {
        return process;
    }

    public Path log() {
        return folder.resolve("envoy.log");
    }

    /** Where Envoy writes {@code host:port} of its admin interface once it listens. */
    public Path adminAddressFile() {
        return adminAddressFile(folder);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the bootstrap to {@code folder} and gives the command line that runs it. */
    static List<String> command(Path binary, BootstrapSpec spec, Path folder, List<String> further) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(adminAddressFile(folder));
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.json"), json(spec));
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--config-path",
                bootstrap.toString(),
                "--use-dynamic-base-id",
                "--admin-address-path",
                adminAddressFile(folder).toString()));
        DEFAULTS.forEach((option, value) -> {
            if (!further.contains(option)) {
                command.addAll(List.of(option, value));
            }
        });
        command.addAll(further);
        return command;
    }

    private static Path adminAddressFile(Path folder) {
        return folder.resolve("admin-address.txt");
    }
}
