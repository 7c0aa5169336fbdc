package io.tailrace.bench.server;

import com.google.gson.Gson;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A process of one server. Takes the kind and the workload as arguments, says its port, and then answers lines: `run` with
 * the acks of the start and the seconds of warming up and of measuring, by a {@link Measurement}; `truth` by what every
 * client should have by now.
 */
public final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
        ServerKind kind = ServerKind.valueOf(arguments[0]);
        Workload workload = Workload.parse(List.of(arguments).subList(1, arguments.length));
        Catalog catalog = new Catalog(workload);
        Acks acks = new Acks();
        BenchServer server = kind.start(workload, catalog, acks);
        System.out.println(server.port());
        UpdateLoop loop = new UpdateLoop(workload, catalog, server, acks);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "run" ->
                    System.out.println(new Gson()
                            .toJson(loop.run(
                                    Long.parseLong(words[1]),
                                    Duration.ofSeconds(Long.parseLong(words[2])),
                                    Duration.ofSeconds(Long.parseLong(words[3])))));
                case "truth" ->
                    System.out.println(Arrays.stream(catalog.hashes())
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")));
                default -> throw new IllegalArgumentException(line);
            }
        }
        System.exit(0); // threads of servers may be no daemons
    }
}
