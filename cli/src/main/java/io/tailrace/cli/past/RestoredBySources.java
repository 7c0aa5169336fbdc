package io.tailrace.cli.past;

import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.schemas.publish.ConnectorSources;
import io.tailrace.translator.past.Rollback.Compensation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which objects a connector will bring back to what it has, whatever is rolled back. */
record RestoredBySources(KafkaOptions kafka, String own) {
    /** A line for each. */
    List<String> among(List<Compensation> compensations) {
        List<String> lines = new ArrayList<>();
        Map<String, Boolean> known = new HashMap<>();
        try (ConnectorSources sources = new ConnectorSources(kafka.kafka(), kafka.topics())) {
            for (Compensation each : compensations) {
                String source = each.newest().event().meta().source();
                boolean isThere = each.newest().value() != null;
                if (isThere
                        && !source.isEmpty()
                        && !source.equals(own)
                        && known.computeIfAbsent(source, sources::isConnector)) {
                    lines.add(EventText.title(each.key()) + " belongs to the connector \"" + source
                            + "\", which will restore what it has when that changes or the connector starts");
                }
            }
        }
        return lines;
    }
}
