package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailrace get}. */
@Command(
        name = "get",
        description = {
            "List the objects on the log, with their revision, their owner and the translator's verdict.",
            "The verdict is \"pending\" while the translator has not come so far. With -o yaml or json: as `tailrace apply`"
                    + " takes them, with these as annotations."
        },
        footer = {"", "Example:", "  tailrace get httproutes"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:Kafka can't be reached", "2:there is no such object, or the call is wrong"},
        mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Only this kind, whatever its case.")
    private @Nullable String kindText;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this name.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            description = "Only this namespace (default: all).")
    private @Nullable String namespace;

    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Kind kind = kindText == null ? null : Kinds.parse(kindText);
        Log log = new Log(kafka.kafka(), kafka.topics());
        Set<Topic> topics = kind == null ? Set.of(Topic.CONFIG, Topic.ENDPOINTS) : Set.of(Topic.of(kind));
        List<Log.Entry> entries = log.entries(topics).values().stream()
                .filter(entry -> (kind == null || entry.key().kind() == kind) && isWanted(entry.key()))
                .toList();
        if (entries.isEmpty() && name != null) {
            throw new CommandFailedException(ExitCode.INVALID, "there is no " + kindText + " " + name);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Verdicts verdicts = Verdicts.of(log, entries);
        out.println(
                switch (output.format()) {
                    case TABLE -> output.render(table(entries, verdicts));
                    case YAML -> yaml(entries, verdicts);
                    case JSON -> json(entries, verdicts);
                });
        return ExitCode.OK;
    }

    private boolean isWanted(ObjectKey key) {
        return key.mesh().equals(mesh)
                && (namespace == null || namespace.equals(key.namespace()))
                && (name == null || name.equals(key.name()));
    }

    private static Rows table(List<Log.Entry> entries, Verdicts verdicts) {
        Rows rows = new Rows("kind", "namespace", "name", "revision", "source", "verdict");
        for (Log.Entry entry : entries) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("kind", entry.key().kind().id());
            row.put("namespace", entry.key().namespace());
            row.put("name", entry.key().name());
            row.put("revision", entry.position());
            row.put("source", entry.source());
            List<String> problems = verdicts.problems(entry);
            row.put("verdict", problems.isEmpty() ? verdicts.text(entry) : problems);
            rows.add(row);
        }
        return rows;
    }

    private static String yaml(List<Log.Entry> entries, Verdicts verdicts) {
        return String.join(
                        "---\n",
                        entries.stream()
                                .map(entry ->
                                        Manifests.toYaml(entry.object(), verdicts.annotations(entry))
                                                        .stripTrailing() + "\n")
                                .toList())
                .stripTrailing();
    }

    private static String json(List<Log.Entry> entries, Verdicts verdicts) {
        return "["
                + String.join(
                        ",\n",
                        entries.stream()
                                .map(entry -> Manifests.toJson(entry.object(), verdicts.annotations(entry))
                                        .strip())
                                .toList())
                + "]";
    }
}
