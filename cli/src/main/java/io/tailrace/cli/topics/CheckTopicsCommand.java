package io.tailrace.cli.topics;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.topic.Difference;
import io.tailrace.schemas.topic.TopicAdmin;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailrace topics check}. */
@Command(
        name = "check",
        description = "Say where a cluster and its topics differ from what is needed, and what that breaks.",
        footer = {"", "Example:", "  tailrace topics check --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing differs", "1:something does, or Kafka can't be reached", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class CheckTopicsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<Difference> differences = Cluster.ask(kafka, TopicAdmin::check);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output.format() == OutputOptions.Format.TABLE) {
            differences.forEach(difference -> out.println(difference.text()));
            out.println(
                    differences.isEmpty() ? "all is as it should be" : Count.text(differences.size(), "difference"));
        } else {
            out.println(output.render(rows(differences)));
        }
        return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Rows rows(List<Difference> differences) {
        Rows rows = new Rows();
        for (Difference difference : differences) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("where", difference.where());
            row.put("setting", difference.setting());
            row.put("found", difference.found());
            row.put("expected", difference.expected());
            row.put("breaks", difference.breaks());
            rows.add(row);
        }
        return rows;
    }
}
