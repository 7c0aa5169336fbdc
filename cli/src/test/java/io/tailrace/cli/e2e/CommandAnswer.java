package io.tailrace.cli.e2e;

import io.tailrace.cli.Tailrace;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command answered that was run in this JVM. */
public record CommandAnswer(int exitCode, String out, String err) {
    public static CommandAnswer of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tailrace.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandAnswer(exitCode, out.toString(), err.toString());
    }
}
