package io.tailrace.cli.topics;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.TopicTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailrace topics list}. */
@Command(
        name = "list",
        description =
                "List the topics: how many partitions each has on this cluster (none: it is missing), and what it holds.",
        footer = {"", "Example:", "  tailrace topics list --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:Kafka can't be reached", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class ListTopicsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Rows rows = new Rows("topic", "partitions", "kept", "key", "holds");
        Cluster.ask(kafka, TopicAdmin::list).forEach((topic, partitions) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("topic", kafka.topics().name(topic));
            row.put("partitions", partitions);
            row.put("kept", TopicTable.kept(topic));
            row.put("key", topic.keyForm().replace("`", ""));
            row.put("holds", topic.holds());
            rows.add(row);
        });
        Objects.requireNonNull(spec).commandLine().getOut().println(output.render(rows));
        return ExitCode.OK;
    }
}
