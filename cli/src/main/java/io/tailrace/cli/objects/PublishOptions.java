package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.check.Durations;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What commands that write to the log have in common. */
final class PublishOptions {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");

    @Option(
            names = "--source",
            defaultValue = "apply",
            description = "Whose the objects are from now on (default: ${DEFAULT-VALUE}).")
    private String source = "apply";

    @Option(names = "--author", description = "Stands in the events as who made the change (default: the user).")
    private String author = System.getProperty("user.name", "");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to wait for the verdict (default: ${DEFAULT-VALUE}).")
    private String timeout = "30s";

    String source() {
        return source;
    }

    String author() {
        return author;
    }

    Duration timeout() {
        if (!DURATION.matcher(timeout).matches()) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--timeout: found \"" + timeout + "\", expected a duration such as 30s or 1m30s");
        }
        return Durations.parse(timeout);
    }
}
