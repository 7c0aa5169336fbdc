package io.tailrace.cli.objects;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace validate}. */
@Command(
        name = "validate",
        description = "Check files offline: every problem with its place, field, what was found and what was expected.",
        footer = {"", "Example:", "  tailrace validate -f config/"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every object is valid", "2:some are not, or the call is wrong"},
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "A file, a folder, or - for standard input; may be given more than once.")
    private List<Path> paths = List.of();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ManifestFiles files = ManifestFiles.read(paths, "validate");
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output.format() != OutputOptions.Format.TABLE) {
            out.println(output.render(rows(files.problems())));
        } else {
            files.problems().forEach(problem -> out.println(problem.text()));
            out.println(files.objects().size() + " valid, " + files.problems().size() + " problems");
        }
        return files.problems().isEmpty() ? ExitCode.OK : ExitCode.INVALID;
    }

    private static Rows rows(List<ManifestProblem> problems) {
        Rows rows = new Rows();
        for (ManifestProblem problem : problems) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", problem.file());
            row.put("line", problem.line());
            row.put("column", problem.column());
            row.put("kind", problem.problem().kind());
            row.put("namespace", problem.problem().namespace());
            row.put("name", problem.problem().name());
            row.put("field", problem.problem().field());
            row.put("found", problem.problem().found());
            row.put("expected", problem.problem().expected());
            row.put("advice", problem.problem().advice());
            rows.add(row);
        }
        return rows;
    }
}
