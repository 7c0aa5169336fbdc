package io.tailrace.cli.objects;

import static java.util.Objects.requireNonNull;

import com.google.gson.GsonBuilder;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.past.GroupThen;
import io.tailrace.cli.past.Moment;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.render.Rendering;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace translate}. */
@Command(
        name = "translate",
        description = {
            "Print the Envoy configuration that a group gets from files, offline, or got at a moment of the log (--at).",
            "Problems of files go to the error stream. The same files, or the same moment, give the same text, always."
        },
        footer = {
            "",
            "Examples:",
            "  tailrace translate -f config/ --group edge",
            "  tailrace translate --at 877 --group edge"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed, nothing is wrong",
            "1:Kafka can't be reached",
            "2:some objects have problems, there is no such group, or the call is wrong"
        },
        mixinStandardHelpOptions = true)
public final class TranslateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private final From from = new From();

    /** Where the objects are taken from. */
    private static final class From {
        @Option(
                names = {"-f", "--file"},
                required = true,
                paramLabel = "FILE|DIR|-",
                description = "A file, a folder, or - for standard input; may be given more than once.")
        private List<Path> paths = List.of();

        @Option(
                names = "--at",
                required = true,
                paramLabel = "MOMENT",
                description = "The log, as it was then: " + Moment.FORMS + ".")
        private @Nullable String at;
    }

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = {"-g", "--group"},
            required = true,
            description = "The proxy group.")
    private String group = "";

    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml or json (default: ${DEFAULT-VALUE}).")
    private OutputOptions.Format format = OutputOptions.Format.YAML;

    @Override
    public Integer call() {
        if (from.at == null) {
            return offline();
        }
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        print(new GroupThen(kafka, mesh, group).resources(from.at, err));
        return ExitCode.OK;
    }

    private int offline() {
        ManifestFiles files = ManifestFiles.read(from.paths, "translate");
        OfflineTranslation translation = new OfflineTranslation(mesh, files.messages());
        if (!translation.groups().contains(group)) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--group: found \"" + group + "\", expected one of " + translation.groups());
        }
        print(translation.resourcesOf(group));
        return problems(files, translation) ? ExitCode.INVALID : ExitCode.OK;
    }

    private void print(List<Resource> resources) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        Map<String, List<Object>> tree =
                Map.of("resources", resources.stream().map(Rendering::tree).toList());
        out.println(
                switch (format) {
                    case JSON ->
                        new GsonBuilder()
                                .disableHtmlEscaping()
                                .setPrettyPrinting()
                                .create()
                                .toJson(tree);
                    case YAML, TABLE -> Rendering.yaml((Object) tree).stripTrailing();
                });
    }

    private boolean problems(ManifestFiles files, OfflineTranslation translation) {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        files.problems().forEach(problem -> err.println(problem.text()));
        List<String> found = translation.statuses().values().stream()
                .flatMap(status -> Verdict.problems(status).stream())
                .distinct()
                .toList();
        found.forEach(err::println);
        return !found.isEmpty() || !files.problems().isEmpty();
    }
}
