package io.tailrace.bench.process;

import java.io.IOException;
import java.util.List;

/** This very process keeps to one core, until it is closed. */
public final class Confined implements AutoCloseable {
    private final int core;
    private final String before;

    private Confined(int core, String before) {
        this.core = core;
        this.before = before;
    }

    public static Confined to(int core) throws IOException, InterruptedException {
        String before = Cores.allowed();
        keepTo(Integer.toString(core));
        return new Confined(core, before);
    }

    /** Before the command of a process that shall keep to the same core. */
    public List<String> prefix() {
        return Cores.prefix(core);
    }

    private static void keepTo(String cores) throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        Process taskset = new ProcessBuilder("taskset", "--all-tasks", "--pid", "--cpu-list", cores, self)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new BenchFailedException("taskset can't keep bench to the cores " + cores);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            keepTo(before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
