package io.tailrace.cli.past;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.RowPrinter;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.past.LogEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace history}. */
@Command(
        name = "history",
        description = {
            "List the events of the log: position, time, author, source, and what each changed, field by field.",
            "They stand in the order in which they were appended."
        },
        footer = {"", "Example:", "  tailrace history --kind httproute --since -2h"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:Kafka can't be reached", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final HistoryFilter filter = new HistoryFilter();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, until it is told to stop; with -o json a line each.")
    private boolean follows;

    @Mixin
    private final PastOptions past = new PastOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Predicate<LogEvent> wanted = filter.wanted(Instant.now());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        if (follows) {
            follow(wanted, out, err);
        } else {
            list(wanted, out, err);
        }
        return ExitCode.OK;
    }

    /** Prints as it reads: the log may hold more than memory does. */
    private void list(Predicate<LogEvent> wanted, PrintWriter out, PrintWriter err) {
        if (output.format() == OutputOptions.Format.TABLE) {
            past.run(err, log -> log.history(wanted, entry -> out.println(entry.text())));
        } else {
            try (RowPrinter rows = output.printer(out)) {
                past.run(err, log -> log.history(wanted, entry -> rows.print(entry.fields())));
            }
        }
        out.flush();
    }

    private void follow(Predicate<LogEvent> wanted, PrintWriter out, PrintWriter err) throws InterruptedException {
        List<String> names = List.of(Topic.CONFIG, Topic.ENDPOINTS, Topic.SECRETS).stream()
                .map(past.kafka().topics()::name)
                .toList();
        HistoryTail tail = new HistoryTail(past.read(err, log -> log), past.mesh(), wanted, entry -> {
            out.println(output.format() == OutputOptions.Format.TABLE ? entry.text() : GSON.toJson(entry.fields()));
            out.flush();
        });
        try (LogReader reader =
                new LogReader(ReaderConfig.of("history", past.kafka().kafka(), names), partitions -> tail.fresh())) {
            reader.start();
            new CountDownLatch(1).await(); // until its process or thread is told to stop
        }
    }
}
