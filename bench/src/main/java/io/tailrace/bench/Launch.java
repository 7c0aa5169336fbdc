package io.tailrace.bench;

import io.tailrace.bench.fleet.FakeFleet;
import io.tailrace.bench.server.ServerProcess;
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
record Launch(Cores cores, @Nullable Path profiles) {
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xms512m",
            "-Xmx4g",
            "-Dlogback.configurationFile=bench-logback.xml");

    ChildProcess server(Cell cell, int round) throws IOException {
        List<String> command = command(cores.server());
        if (profiles != null) {
            command.add("-XX:StartFlightRecording=settings=profile,filename="
                    + profiles.resolve(cell.fileName() + "-" + round + ".jfr"));
            command.add("-Xlog:jfr+startup=off");
        }
        command.add(ServerProcess.class.getName());
        command.add(cell.server().name());
        command.addAll(cell.workload().arguments());
        return ChildProcess.start("the server", command);
    }

    ChildProcess fleet(int port, Cell cell) throws IOException {
        List<String> command = command(cores.clients());
        command.add(FakeFleet.class.getName());
        command.add(Integer.toString(port));
        command.addAll(cell.workload().arguments());
        return ChildProcess.start("the fake clients", command);
    }

    private static List<String> command(int core) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        command.addAll(JVM);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
