package io.tailrace.cli.objects;

import com.google.protobuf.Message;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.manifest.ManifestProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
        description = {
            "Check files offline: every problem with its place, its field, what was found and what was expected.",
            "What the translator would say of valid objects, such as a Service that isn't there, is a warning, since the"
                    + " files may be a part of the whole; --strict takes them for the whole."
        },
        footer = {"", "Example:", "  tailrace validate -f config/"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every object is valid",
            "2:some are not, or there are warnings with --strict, or the call is wrong"
        },
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

    @Option(names = "--strict", description = "The files are the whole: warnings are problems.")
    private boolean strict;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ManifestFiles files = ManifestFiles.read(paths, "validate");
        List<Warning> warnings = warnings(files);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output.format() != OutputOptions.Format.TABLE) {
            out.println(output.render(rows(files.problems(), warnings)));
        } else {
            files.problems().forEach(problem -> out.println(problem.text()));
            warnings.forEach(warning -> out.println(warning.place() + ": warning: " + warning.text()));
            out.println(files.objects().size() + " valid, "
                    + Count.text(files.problems().size(), "problem")
                    + (warnings.isEmpty() ? "" : ", " + Count.text(warnings.size(), "warning")));
        }
        return files.problems().isEmpty() && (warnings.isEmpty() || !strict) ? ExitCode.OK : ExitCode.INVALID;
    }

    /** What the translator would say of the object that begins there. */
    private record Warning(String place, String text) {}

    private static List<Warning> warnings(ManifestFiles files) {
        Map<ObjectKey, Message> objects = files.messages();
        Map<ObjectKey, ObjectStatus> statuses = new HashMap<>();
        objects.keySet().stream()
                .map(ObjectKey::mesh)
                .distinct()
                .forEach(mesh -> statuses.putAll(new OfflineTranslation(mesh, objects).statuses()));
        List<Warning> warnings = new ArrayList<>();
        for (ObjectKey key : objects.keySet()) {
            Verdict.problems(statuses.getOrDefault(key, ObjectStatus.getDefaultInstance()))
                    .forEach(text -> warnings.add(new Warning(files.places().getOrDefault(key, ""), text)));
        }
        return warnings;
    }

    private static Rows rows(List<ManifestProblem> problems, List<Warning> warnings) {
        Rows rows = new Rows();
        for (ManifestProblem problem : problems) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("severity", "problem");
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
        for (Warning warning : warnings) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("severity", "warning");
            row.put("place", warning.place());
            row.put("text", warning.text());
            rows.add(row);
        }
        return rows;
    }
}
