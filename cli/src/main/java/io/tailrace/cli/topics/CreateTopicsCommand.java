package io.tailrace.cli.topics;

import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.TopicAdmin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace topics create}. */
@Command(
        name = "create",
        description = {
            "Make the topics that are missing; those that exist stay as they are.",
            "Partition counts are chosen once: a change of them is a copy to topics of another prefix."
        },
        footer = {"", "Example:", "  tailrace topics create --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all topics are there", "1:Kafka can't be reached", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class CreateTopicsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--mesh-partitions",
            paramLabel = "COUNT",
            defaultValue = "16",
            description = "Of the topics by mesh (default: ${DEFAULT-VALUE}).")
    private int meshPartitions;

    @Option(
            names = "--service-partitions",
            paramLabel = "COUNT",
            defaultValue = "48",
            description = "Of the topics by service (default: ${DEFAULT-VALUE}).")
    private int servicePartitions;

    @Override
    public Integer call() {
        PartitionCounts counts = new PartitionCounts(meshPartitions, servicePartitions);
        Rows rows = new Rows("topic", "partitions", "made");
        for (TopicAdmin.Creation creation : Cluster.ask(kafka, admin -> admin.create(counts))) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("topic", creation.name());
            row.put("partitions", creation.partitions());
            row.put("made", creation.made());
            rows.add(row);
        }
        Objects.requireNonNull(spec).commandLine().getOut().println(output.render(rows));
        return ExitCode.OK;
    }
}
