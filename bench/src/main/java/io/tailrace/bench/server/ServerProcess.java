package io.tailrace.bench.server;

import com.google.gson.Gson;
import io.tailrace.bench.process.Pace;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A process of one server. Takes the kind, the port (0: a free one; only the gateway takes another) and the workload as
 * arguments, says its port, and then answers lines on its input, each with one:
 *
 * <ul>
 *   <li>`run`, the acks of the start, the seconds of warming up and of measuring: a {@link Measurement}
 *   <li>`pace`, updates a second and seconds: makes these and says when each was due ({@link Stamp#line}). No ack is waited for
 *   <li>`truth`: what every client should have by now
 *   <li>`settled N`: once the gateway knows of so many streams that they lack nothing, when the last came to be so
 *   <li>`rss`: the most bytes that were ever resident; `heap`: those that live
 * </ul>
 */
public final class ServerProcess {
    private final ServerKind.Watched watched;
    private final BenchServer server;
    private final UpdateLoop loop;

    private ServerProcess(ServerKind kind, int port, Workload workload) throws IOException, InterruptedException {
        watched = new ServerKind.Watched(new Catalog(workload.content()), new Acks(), new Settlements());
        server = kind.start(workload, watched, port);
        loop = new UpdateLoop(workload, watched.catalog(), server, watched.acks());
    }

    public static List<String> arguments(ServerKind kind, int port, Workload workload) {
        List<String> arguments = new ArrayList<>(List.of(kind.name(), Integer.toString(port)));
        arguments.addAll(workload.arguments());
        return arguments;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, TimeoutException {
        ServerProcess process = new ServerProcess(
                ServerKind.valueOf(arguments[0]),
                Integer.parseInt(arguments[1]),
                Workload.parse(List.of(arguments).subList(2, arguments.length)));
        System.out.println(process.server.port());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(process.answer(line.split(" ", -1)));
        }
        System.exit(0); // threads of servers may be no daemons
    }

    private Object answer(String[] words) throws IOException, InterruptedException, TimeoutException {
        return switch (words[0]) {
            case "run" -> new Gson().toJson(loop.run(Long.parseLong(words[1]), seconds(words[2]), seconds(words[3])));
            case "pace" -> pace(new Pace(Double.parseDouble(words[1]), seconds(words[2])));
            case "truth" ->
                Arrays.stream(watched.catalog().hashes())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));
            case "settled" -> settled(Integer.parseInt(words[1]));
            case "rss" -> Meter.peakRssBytes();
            case "heap" -> Meter.heapBytes();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private String pace(Pace pace) {
        List<Stamp> published = new ArrayList<>();
        pace.run(due -> due.forEach(micros -> {
            Edition next = watched.catalog().next();
            server.publish(next);
            published.add(new Stamp(next.name(), next.number(), micros));
        }));
        return Stamp.line(published);
    }

    private long settled(int streams) throws InterruptedException {
        while (watched.settlements().count() < streams) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return watched.settlements().lastMicros();
    }
}
