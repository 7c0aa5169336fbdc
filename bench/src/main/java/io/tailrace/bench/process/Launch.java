package io.tailrace.bench.process;

import io.tailrace.bench.fleet.FakeFleet;
import io.tailrace.bench.server.ServerProcess;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the processes of a cell are started: on one core each, with the JVM, class path and options that all have in common.
 *
 * @param profiles where recordings of Flight Recorder go; null: none is made
 */
public record Launch(Cores cores, @Nullable Path profiles) {
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            // Else the serial collector leaves dead objects at the low end of the heap, and they count as live.
            "-XX:MarkSweepAlwaysCompactCount=1",
            "-Dlogback.configurationFile=bench-logback.xml");

    /** Collections are rare, so that they are not what is measured. */
    private static final List<String> ROOMY = List.of("-Xms512m", "-Xmx4g");

    /** It grows as it must, so that what is resident says something. */
    private static final List<String> GROWING = List.of("-Xms64m", "-Xmx2g");

    /**
     * Returns when it listens.
     *
     * @param name of its recording
     * @param arguments of {@link ServerProcess}
     */
    public Server server(String name, List<String> arguments) throws IOException, InterruptedException {
        return server(name, java(ROOMY), arguments);
    }

    /** The same, with a heap that grows. */
    public Server growingServer(String name, List<String> arguments) throws IOException, InterruptedException {
        return server(name, java(GROWING), arguments);
    }

    private Server server(String name, List<String> java, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Cores.prefix(cores.server()));
        command.addAll(java);
        command.addAll(recording(name));
        command.add(ServerProcess.class.getName());
        command.addAll(arguments);
        return new Server(ChildProcess.start("the server", command));
    }

    /** Options of a JVM that is profiled; none if none is. */
    public List<String> recording(String name) {
        return profiles == null
                ? List.of()
                : List.of(
                        "-XX:StartFlightRecording=settings=profile,filename=" + profiles.resolve(name + ".jfr"),
                        "-Xlog:jfr+startup=off");
    }

    /** Fake clients on the core that no server has. */
    public Clients fleet(int port, Workload workload) throws IOException {
        List<String> command = new ArrayList<>(Cores.prefix(cores.clients()));
        command.addAll(fleetCommand(port, workload));
        return new Clients(ChildProcess.start("the fake clients", command));
    }

    /** Fake clients on any core, beside all else. */
    public Clients fleetAnywhere(int port, Workload workload) throws IOException {
        return new Clients(ChildProcess.start("the fake clients", fleetCommand(port, workload)));
    }

    private static List<String> fleetCommand(int port, Workload workload) {
        List<String> command = java(ROOMY);
        command.add(FakeFleet.class.getName());
        command.add(Integer.toString(port));
        command.addAll(workload.arguments());
        return command;
    }

    private static List<String> java(List<String> heap) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(heap);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
