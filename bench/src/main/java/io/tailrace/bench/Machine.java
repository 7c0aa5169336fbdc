package io.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where it was measured, and what else went on there. */
record Machine(String processor, int cores, String jdk, String load) {
    static Machine here() throws IOException {
        return new Machine(
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown processor"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
                loadNow());
    }

    /** The load average of the last minute. */
    private static String loadNow() throws IOException {
        String line = Files.readString(Path.of("/proc/loadavg"));
        return line.substring(0, line.indexOf(' '));
    }

    String text() {
        return "%s, %d cores, JDK %s, load %s at the start".formatted(processor, cores, jdk, load);
    }
}
