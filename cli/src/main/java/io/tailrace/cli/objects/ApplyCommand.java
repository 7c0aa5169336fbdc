package io.tailrace.cli.objects;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace apply}. */
@Command(
        name = "apply",
        description = {
            "Publish objects and wait for the translator's verdict.",
            "Nothing is published if any of them is invalid. Answers with the revision of each change."
        },
        footer = {"", "Example:", "  tailrace apply -f route.yaml"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are accepted",
            "1:Kafka can't be reached",
            "2:some are invalid or have problems, or the call is wrong",
            "3:published, but no verdict came in time",
            "4:with --wait: some Envoys have not acked it in time",
            "5:with --wait: some have not, and some of these reject something"
        },
        mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "A file, a folder, or - for standard input; may be given more than once.")
    private List<Path> paths = List.of();

    @Option(
            names = "--dry-run",
            description = "Publish nothing: check the objects, translate them beside what lies on the log, and show the"
                    + " verdict and what changes for each group.")
    private boolean dryRun;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        ManifestFiles files = ManifestFiles.read(paths, publish.source());
        if (!files.problems().isEmpty()) {
            files.problems().forEach(problem -> err.println(problem.text()));
            err.println("nothing is published: " + Count.text(files.problems().size(), "problem"));
            return ExitCode.INVALID;
        }
        Log log = new Log(kafka.kafka(), kafka.topics());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (dryRun) {
            return new DryRun(log, output, out, err).run(files.messages());
        }
        Set<ObjectKey> keys = files.objects().keySet();
        Owners.tell(log.entries(Log.topics(keys)), keys, publish.source(), err);
        try (Publisher publisher = publish.publisher(log, "")) {
            return new Publication(log, publish, output, out, err)
                    .run(
                            publisher,
                            writer -> files.objects().values().stream()
                                    .map(object -> writer.change(object.object()))
                                    .toList());
        }
    }
}
