package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.past.Past;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** What the Envoys of a group got at a moment of the log. */
public record GroupThen(KafkaOptions kafka, String mesh, String group) {
    /** By type and name. Throws {@link CommandFailedException} if there was no such group, or {@code at} is no moment. */
    public List<Resource> resources(String at, PrintWriter err) {
        Moment moment = Moment.parse("--at", at, Instant.now());
        Past past = new Past(PastOptions.ask(
                kafka,
                () -> PastLog.open(kafka.kafka(), kafka.topics(), mesh, new ProgressLine(err))
                        .at(List.of(moment))
                        .getFirst()));
        if (!past.groups().contains(group)) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--group: found \"" + group + "\", expected one of " + past.groups() + " then");
        }
        return List.copyOf(past.resources(group).values());
    }
}
