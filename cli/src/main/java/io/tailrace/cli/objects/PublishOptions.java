package io.tailrace.cli.objects;

import io.tailrace.cli.options.DurationOption;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What commands that write to the log have in common. */
public final class PublishOptions {
    @Option(
            names = "--source",
            defaultValue = "apply",
            description = "Whose the objects are from now on (default: ${DEFAULT-VALUE}).")
    private String source = "apply";

    @Option(names = "--author", description = "Stands in the events as who made the change (default: the user).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--reason", description = "Stands in the events as why it was made.")
    private String reason = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to wait for the verdict, and then for the Envoys (default: ${DEFAULT-VALUE}).")
    private String timeout = "30s";

    @Option(
            names = "--wait",
            description = "Wait until every connected Envoy that it concerns has acked it, as `tailrace wait` does.")
    private boolean waits;

    public String source() {
        return source;
    }

    public String author() {
        return author;
    }

    /** Empty: not said. */
    public String reason() {
        return reason;
    }

    public Duration timeout() {
        return DurationOption.parse("--timeout", timeout);
    }

    /** Wait for the Envoys too. */
    boolean waits() {
        return waits;
    }
}
