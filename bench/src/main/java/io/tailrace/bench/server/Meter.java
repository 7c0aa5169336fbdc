package io.tailrace.bench.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
final class Meter {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private Meter() {}

    /** User and system time, in nanoseconds. */
    static long cpuNanos() {
        return PROCESS.getProcessCpuTime();
    }

    /** Bytes that all threads have allocated, ended ones too. */
    static long allocatedBytes() {
        return THREADS.getTotalThreadAllocatedBytes();
    }

    /** Bytes that live. */
    static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Resident now. */
    static long rssBytes() throws IOException {
        return status("VmRSS:");
    }

    /** The most that was ever resident. */
    static long peakRssBytes() throws IOException {
        return status("VmHWM:");
    }

    private static long status(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(text -> text.startsWith(line))
                .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
