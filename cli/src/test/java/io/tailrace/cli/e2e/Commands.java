package io.tailrace.cli.e2e;

import io.tailrace.cli.Tailrace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Commands on the log of one cluster, in this JVM. */
record Commands(String kafka) {
    /** What a command answered. */
    record Answer(int exitCode, String out, String err) {}

    /** Runs it with the cluster's address. */
    Answer run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka));
        return offline(all.toArray(String[]::new));
    }

    /** Runs it as it is. */
    static Answer offline(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Tailrace.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
