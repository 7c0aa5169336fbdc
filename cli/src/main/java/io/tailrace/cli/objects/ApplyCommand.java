package io.tailrace.cli.objects;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
            "3:published, but no verdict came in time"
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
            err.println("nothing is published: " + files.problems().size() + " problems");
            return ExitCode.INVALID;
        }
        Log log = new Log(kafka.kafka(), kafka.topics());
        tellOwners(log, files.objects().keySet(), err);
        PublisherConfig config = PublisherConfig.ofCommand(log.kafka(), log.topics(), publish.source())
                .withAuthor(publish.author());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Publisher publisher = new Publisher(config)) {
            return new Publication(log, publish.timeout(), output, out, err)
                    .run(
                            publisher,
                            writer -> files.objects().values().stream()
                                    .map(object -> writer.change(object.object()))
                                    .toList());
        }
    }

    /** An object belongs to the source that wrote it last: whoever writes over another's should know. */
    private void tellOwners(Log log, Set<ObjectKey> keys, PrintWriter err) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        keys.forEach(key -> topics.add(Topic.of(key)));
        Map<ObjectKey, Log.Entry> entries = log.entries(topics);
        for (ObjectKey key : keys) {
            Log.Entry entry = entries.get(key);
            if (entry != null && !entry.source().equals(publish.source())) {
                err.println(key.kind().id() + " " + key.namespace() + "/" + key.name() + " was the source \""
                        + entry.source() + "\"'s: that source will restore it when it changes or starts");
            }
        }
    }
}
