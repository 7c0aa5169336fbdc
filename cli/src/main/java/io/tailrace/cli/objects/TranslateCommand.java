package io.tailrace.cli.objects;

import com.google.gson.GsonBuilder;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.render.Rendering;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace translate}. */
@Command(
        name = "translate",
        description = {
            "Print the Envoy configuration that a group gets from files, offline.",
            "Problems go to the error stream. The same files give the same text, always."
        },
        footer = {"", "Example:", "  tailrace translate -f config/ --group edge"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed, nothing is wrong",
            "2:some objects have problems, there is no such group, or the call is wrong"
        },
        mixinStandardHelpOptions = true)
public final class TranslateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "A file, a folder, or - for standard input; may be given more than once.")
    private List<Path> paths = List.of();

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
        ManifestFiles files = ManifestFiles.read(paths, "translate");
        OfflineTranslation translation = new OfflineTranslation(mesh, files.messages());
        if (!translation.groups().contains(group)) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--group: found \"" + group + "\", expected one of " + translation.groups());
        }
        print(translation.resourcesOf(group));
        return problems(files, translation) ? ExitCode.INVALID : ExitCode.OK;
    }

    private void print(List<Resource> resources) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
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
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        files.problems().forEach(problem -> err.println(problem.text()));
        List<String> found = translation.statuses().values().stream()
                .flatMap(status -> Verdict.problems(status).stream())
                .distinct()
                .toList();
        found.forEach(err::println);
        return !found.isEmpty() || !files.problems().isEmpty();
    }
}
