package io.tailrace.cli.past;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The group that a gateway gave a node, by the newest report of it. */
final class NodeGroup {
    private final String mesh;
    private final String node;
    private @Nullable NodeReport newest;

    private NodeGroup(String mesh, String node) {
        this.mesh = mesh;
        this.node = node;
    }

    /** Throws {@link CommandFailedException} if no gateway knows the node, or no group selects it. */
    static String of(String node, String mesh, KafkaOptions kafka) {
        NodeGroup search = new NodeGroup(mesh, node);
        LogReader.readTopicsToEnd(
                kafka.kafka(), List.of(kafka.topics().name(Topic.FLEET)), search::take, progress -> {});
        NodeReport found = search.newest;
        if (found == null) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--node: found \"" + node + "\", which no gateway has seen in mesh " + mesh);
        }
        if (found.getGroup().isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--node: found \"" + node + "\", which no group selects: it gets nothing");
        }
        return found.getGroup();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            NodeReport report = FleetRecord.parseFrom(record.value()).getNode();
            if (report.getNode().equals(node)
                    && report.getMesh().equals(mesh)
                    && (newest == null || report.getSinceMs() >= newest.getSinceMs())) {
                newest = report;
            }
        } catch (InvalidProtocolBufferException e) {
            // A newer gateway's: this command can't tell what it says.
        }
    }
}
