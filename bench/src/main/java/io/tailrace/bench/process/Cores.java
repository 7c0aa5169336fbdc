package io.tailrace.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cores that this process may use: one for the server, another for the fake clients. */
public record Cores(int server, int clients) {
    private static final String LINE = "Cpus_allowed_list:";

    public static Cores ofThisProcess() throws IOException {
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            throw new BenchFailedException("bench gives each process a core of its own by taskset, which needs Linux");
        }
        return of(allowed());
    }

    /** As the kernel writes it. */
    static String allowed() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Before the command of a process that shall keep to this core. */
    public static List<String> prefix(int core) {
        return List.of("taskset", "-c", Integer.toString(core));
    }

    /** `allowed` as the kernel writes it: "0-1", "2,4-7". The clients get the first, which serves most interrupts too. */
    static Cores of(String allowed) {
        List<Integer> all = new ArrayList<>();
        for (String range : allowed.split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                all.add(i);
            }
        }
        if (all.size() < 2) {
            throw new BenchFailedException(
                    "bench needs two cores, one for the server and one for the clients; found " + allowed);
        }
        return new Cores(all.getLast(), all.getFirst());
    }
}
