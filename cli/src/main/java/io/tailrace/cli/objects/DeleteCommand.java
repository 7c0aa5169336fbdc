package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailrace delete}. */
@Command(
        name = "delete",
        description = {
            "Publish that an object is gone, and wait until the translator has passed it.",
            "Of an endpoint the name is its instance; all endpoints of that instance go."
        },
        footer = {"", "Example:", "  tailrace delete HTTPRoute hello"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is gone",
            "1:Kafka can't be reached",
            "2:there is no such object, or the call is wrong",
            "3:published, but no verdict came in time"
        },
        mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KIND", description = "The kind, whatever its case: httproute.")
    private String kindText = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The object's name.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Its namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--mesh", defaultValue = "default", description = "Its mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(names = "--ignore-not-found", description = "End with 0 if there is no such object.")
    private boolean ignoreNotFound;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Kind kind = Kinds.parse(kindText);
        Log log = new Log(kafka.kafka(), kafka.topics());
        List<ObjectKey> keys = log.entries(List.of(Topic.of(kind))).keySet().stream()
                .filter(key -> key.kind() == kind
                        && key.mesh().equals(mesh)
                        && key.namespace().equals(namespace)
                        && key.name().equals(name))
                .toList();
        if (keys.isEmpty() && ignoreNotFound) {
            return ExitCode.OK;
        }
        if (keys.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "there is no " + kind.id() + " " + namespace + "/" + name + " in mesh " + mesh + ": `tailrace get "
                            + kind.id() + "` lists them");
        }
        PublisherConfig config = PublisherConfig.ofCommand(log.kafka(), log.topics(), publish.source())
                .withAuthor(publish.author());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (Publisher publisher = new Publisher(config)) {
            return new Publication(log, publish.timeout(), output, out, err)
                    .run(
                            publisher,
                            writer -> keys.stream().map(writer::deletion).toList());
        }
    }
}
