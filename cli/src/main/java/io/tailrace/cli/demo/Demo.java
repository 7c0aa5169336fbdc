package io.tailrace.cli.demo;

import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.EnvoyProcess;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.process.Parts;
import io.tailrace.cli.up.RunningUp;
import io.tailrace.cli.up.UpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The parts of the demo and what it does with them. Everything lies in one folder and listens on free ports. */
final class Demo {
    private static final int REQUESTS = 2000;
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOWEST_PORT = 10_000;
    private static final int BEHIND_PORTS = 32_000;
    private static final int PORT_TRIES = 1_000;

    private final Parts parts;
    private final Consumer<String> say;
    private final List<String> failures = new ArrayList<>();
    private final DemoFiles files;
    private final RunningUp.Started up;
    private final URI target;
    private final Traffic traffic;

    /**
     * Starts all.
     *
     * @param parts takes what is started, and closes it
     * @param say gets what happens, a line each
     */
    Demo(Parts parts, Path folder, Path envoy, Consumer<String> say) throws IOException, InterruptedException {
        this.parts = parts;
        this.say = say;
        this.files = new DemoFiles(Files.createDirectories(folder.resolve("config")));
        int port = freePort();
        this.target = URI.create("http://127.0.0.1:" + port + "/");
        writeFiles(port);
        this.up = parts.add(
                RunningUp.start(UpSettings.onFreePorts(folder.resolve("state"), List.of(files.folder())), say));
        HostAndPort first = HostAndPort.parse(up.addresses().xds());
        HostAndPort second = new HostAndPort("127.0.0.1", up.up().addGateway("second"));
        say.accept("two gateways: " + first + " and " + second);
        parts.add(EnvoyProcess.start(
                envoy,
                new BootstrapSpec("edge", "edge-1", "default", List.of(first, second), Variant.DELTA, 0),
                folder.resolve("envoy"),
                List.of()));
        this.traffic = parts.add(new Traffic(target));
    }

    /** Does what the demo shows; what did not hold is in {@link #failures}. */
    void run() throws IOException, InterruptedException {
        if (!await(() -> answers(200))) {
            failures.add("no answer through Envoy within " + PATIENCE.toSeconds() + " s");
            return;
        }
        say.accept("Envoy answers on " + target);
        showSplit("the first split, 90 % to v1 and 10 % to v2", 0.1);
        changeSplit();
        showSplit("the new split, 50 % each", 0.5);
        changeEndpoints();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    CompletableFuture<String> ended() {
        return up.up().ended();
    }

    /** What a reader can do now. */
    List<String> invitation() {
        return List.of(
                "it stays up for you to play; Ctrl-C ends it:",
                "  curl -i " + target,
                "  edit " + files.route() + " and ask again",
                "  curl -s " + up.addresses().http() + "/metrics | grep tailrace_gateway",
                "  tailrace get --bootstrap-servers " + up.addresses().kafka());
    }

    private void writeFiles(int port) throws IOException {
        files.writeServices(port);
        files.writeRoute(90, 10);
        files.writeEndpoint(
                "hello-v1", "v1-a", parts.add(DemoService.start("v1", "v1-a")).port());
        files.writeEndpoint(
                "hello-v2", "v2-a", parts.add(DemoService.start("v2", "v2-a")).port());
    }

    private void showSplit(String what, double probability) throws InterruptedException {
        Share share = traffic.share("v2", REQUESTS, probability);
        say.accept(what + ": v2 answered " + share);
        if (!share.isRight()) {
            failures.add(what + ": v2 answered " + share);
        }
    }

    private void changeSplit() throws IOException, InterruptedException {
        say.accept("changing " + files.route() + " to 50/50");
        files.writeRoute(50, 50);
        long changed = System.nanoTime();
        if (await(() -> answers("x-split", "50-50"))) {
            say.accept("live: the first request that saw it was answered %.0f ms after the file's change"
                    .formatted((System.nanoTime() - changed) / 1e6));
        } else {
            failures.add("the changed file was not live within " + PATIENCE.toSeconds() + " s");
        }
    }

    private void changeEndpoints() throws IOException, InterruptedException {
        DemoService added = parts.add(DemoService.start("v2", "v2-b"));
        Traffic.Load load = traffic.load(CONNECTIONS);
        try (load) {
            files.writeEndpoint("hello-v2", "v2-b", added.port());
            if (!await(() -> added.requests() > 0)) {
                failures.add("an added endpoint got no request");
            }
            say.accept("an endpoint was added under load and gets requests");
            files.removeEndpoint("v2-b");
            if (!await(() -> isQuiet(added))) {
                failures.add("a removed endpoint still gets requests");
            }
            say.accept("it was removed and gets none any more");
        }
        say.accept("%d requests meanwhile, %d failed".formatted(load.requests(), load.failed()));
        if (load.failed() > 0) {
            failures.add(Count.text(load.failed(), "request") + " failed while endpoints changed");
        }
    }

    /** No request reaches the service while a hundred are answered, of which a quarter were its share. */
    private boolean isQuiet(DemoService service) throws InterruptedException {
        long before = service.requests();
        for (int i = 0; i < 100; i++) {
            if (!answers(200)) {
                return false;
            }
        }
        return service.requests() == before;
    }

    private boolean answers(int status) throws InterruptedException {
        return traffic.ask().filter(answer -> answer.statusCode() == status).isPresent();
    }

    private boolean answers(String header, String value) throws InterruptedException {
        return traffic.ask()
                .flatMap(answer -> answer.headers().firstValue(header))
                .filter(value::equals)
                .isPresent();
    }

    private static boolean await(Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /**
     * For Envoy, which binds it some seconds later: below those that systems give to whoever connects, or listens on any, in
     * the meantime.
     */
    private static int freePort() throws IOException {
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, BEHIND_PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        throw new IOException("no free port from " + LOWEST_PORT + " to " + (BEHIND_PORTS - 1));
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }
}
