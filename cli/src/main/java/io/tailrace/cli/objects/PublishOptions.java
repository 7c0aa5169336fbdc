package io.tailrace.cli.objects;

import io.tailrace.cli.options.DurationOption;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
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

    /** A publisher of the command. {@code otherwise}: why it publishes, where nobody said. */
    public Publisher publisher(Log log, String otherwise) {
        return new Publisher(PublisherConfig.ofCommand(log.kafka(), log.topics(), source)
                .withAuthor(author)
                .withReason(reason.isEmpty() ? otherwise : reason));
    }

    public Duration timeout() {
        return DurationOption.parse("--timeout", timeout);
    }

    /** Wait for the Envoys too. */
    boolean waits() {
        return waits;
    }
}
