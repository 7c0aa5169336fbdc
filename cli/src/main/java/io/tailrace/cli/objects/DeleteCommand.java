package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailrace delete}. */
@Command(
        name = "delete",
        description = {
            "Publish that objects are gone, and wait until the translator has passed it.",
            "Names one by KIND and NAME, or all that are in files. Nothing is published if one of them isn't there."
        },
        footer = {"", "Example:", "  tailrace delete HTTPRoute hello", "  tailrace delete Endpoint hello/file/hello-v1"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:they are gone",
            "1:Kafka can't be reached",
            "2:there is no such object, several have that name, or the call is wrong",
            "3:published, but no verdict came in time",
            "4:with --wait: some Envoys have not acked it in time",
            "5:with --wait: some have not, and some of these reject something"
        },
        mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "The kind, whatever its case: httproute.")
    private @Nullable String kindText;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The object's name; of an endpoint its instance, or service/source/instance.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR|-",
            description =
                    "Delete all objects of a file, a folder, or - for standard input; may be given more than once.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Its namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--mesh", defaultValue = "default", description = "Its mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(names = "--ignore-not-found", description = "Pass over what isn't there.")
    private boolean ignoreNotFound;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final PublishOptions publish = new PublishOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Set<ObjectKey> wanted = new LinkedHashSet<>();
        Log log = new Log(kafka.kafka(), kafka.topics());
        Map<ObjectKey, Log.Entry> entries = paths.isEmpty() ? named(log, wanted) : ofFiles(log, wanted);
        wanted.retainAll(entries.keySet());
        if (wanted.isEmpty()) {
            return ExitCode.OK;
        }
        PrintWriter out = commandLine().getOut();
        PrintWriter err = commandLine().getErr();
        Owners.tell(entries, wanted, publish.source(), err);
        try (Publisher publisher = publish.publisher(log, "")) {
            return new Publication(log, publish, output, out, err)
                    .run(
                            publisher,
                            writer -> wanted.stream().map(writer::deletion).toList());
        }
    }

    /** Gives what lies on the log; what is to go is put into {@code wanted}. */
    private Map<ObjectKey, Log.Entry> named(Log log, Set<ObjectKey> wanted) {
        if (kindText == null || name == null) {
            throw new ParameterException(commandLine(), "KIND and NAME are missing, or --file");
        }
        ObjectChoice choice = new ObjectChoice(Kinds.parse(kindText), mesh, namespace, name);
        Map<ObjectKey, Log.Entry> entries = log.entries(List.of(Topic.of(choice.kind())));
        choice.among(entries.keySet()).ifPresent(wanted::add);
        if (wanted.isEmpty()) {
            missing(List.of(choice.text()));
        }
        return entries;
    }

    private Map<ObjectKey, Log.Entry> ofFiles(Log log, Set<ObjectKey> wanted) {
        if (kindText != null) {
            throw new ParameterException(commandLine(), "found KIND and --file, expected one of them");
        }
        ManifestFiles files = ManifestFiles.read(paths, publish.source());
        if (!files.problems().isEmpty()) {
            files.problems().forEach(problem -> commandLine().getErr().println(problem.text()));
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "nothing is published: " + Count.text(files.problems().size(), "problem"));
        }
        wanted.addAll(files.objects().keySet());
        Map<ObjectKey, Log.Entry> entries = log.entries(Log.topics(wanted));
        List<String> missing = wanted.stream()
                .filter(key -> !entries.containsKey(key))
                .map(key -> new ObjectChoice(key.kind(), key.mesh(), key.namespace(), ObjectChoice.exact(key)).text())
                .toList();
        if (!missing.isEmpty()) {
            missing(missing);
        }
        return entries;
    }

    private void missing(List<String> objects) {
        if (!ignoreNotFound) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "there is no " + String.join(", no ", objects) + ": `tailrace get` lists what there is");
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
