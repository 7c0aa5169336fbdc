package io.tailrace.cli.past;

import io.tailrace.cli.objects.Log;
import io.tailrace.cli.objects.Publication;
import io.tailrace.cli.objects.PublishOptions;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Rollback;
import io.tailrace.translator.past.Rollback.Compensation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace rollback}. */
@Command(
        name = "rollback",
        description = {
            "Take the configuration back to a moment, by new events.",
            "Of each object that was otherwise then it publishes what it was, so a rollback can be rolled back. Endpoints"
                    + " and secrets stay as they are."
        },
        footer = {"", "Example:", "  tailrace rollback --to 877 --kind httproute --dry-run"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are accepted, or nothing was otherwise",
            "1:Kafka can't be reached",
            "2:some have problems, or the call is wrong",
            "3:published, but no verdict came in time"
        },
        mixinStandardHelpOptions = true)
public final class RollbackCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "MOMENT", description = Moment.FORMS + ".")
    private String to = "";

    @Mixin
    private final ObjectFilter objects = new ObjectFilter();

    @Option(names = "--dry-run", description = "Publish nothing; show what each group would get otherwise.")
    private boolean dryRun;

    @Mixin
    private final PastOptions past = new PastOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Moment moment = Moment.parse("--to", to, Instant.now());
        Predicate<ObjectKey> wanted = objects.wanted();
        List<LogState> states = past.read(err, log -> log.at(List.of(new Moment.Now(), moment)));
        Rollback rollback = Rollback.of(states.getFirst(), states.getLast(), wanted);
        if (rollback.compensations().isEmpty()) {
            err.println("nothing to roll back: all is as it was");
            return ExitCode.OK;
        }
        List<String> restored = PastOptions.ask(
                past.kafka(),
                () -> new RestoredBySources(past.kafka(), publish.source()).among(rollback.compensations()));
        restored.forEach(err::println);
        if (dryRun) {
            ProgressLine progress = new ProgressLine(err);
            RollbackText text = RollbackText.of(states.getFirst(), rollback, progress);
            out.println(output.format() == OutputOptions.Format.TABLE ? text.text() : output.render(text.rows()));
            err.println("nothing is published: --dry-run");
            return ExitCode.OK;
        }
        return publish(rollback, out, err);
    }

    private int publish(Rollback rollback, PrintWriter out, PrintWriter err) throws InterruptedException {
        Log log = new Log(past.kafka().kafka(), past.kafka().topics());
        try (Publisher publisher = publish.publisher(log, "rollback to " + to)) {
            return new Publication(log, publish, output, out, err)
                    .run(
                            publisher,
                            writer -> rollback.compensations().stream()
                                    .map(each -> event(writer, each))
                                    .toList());
        }
    }

    private static ChangeEvent event(Publisher publisher, Compensation compensation) {
        return compensation.value() == null
                ? publisher.deletion(compensation.key())
                : publisher.change(compensation.value());
    }
}
