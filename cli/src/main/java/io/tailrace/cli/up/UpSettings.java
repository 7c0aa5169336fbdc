package io.tailrace.cli.up;

import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@code up} is asked for.
 *
 * @param stateDir where the broker's log and the streams' state lie
 * @param folders of YAML and JSON files to watch; together one source; may be none
 * @param kafka a cluster to use instead of a broker of its own
 * @param kafkaPort of the embedded broker; 0 takes the one that it had before, or a free one
 * @param xdsPort of the gateway; 0 takes a free one
 * @param httpPort of health and metrics; 0 takes a free one
 */
public record UpSettings(
        Path stateDir,
        List<Path> folders,
        Optional<Map<String, Object>> kafka,
        Topics topics,
        int kafkaPort,
        int xdsPort,
        int httpPort) {
    public UpSettings {
        folders = List.copyOf(folders);
        kafka = kafka.map(Map::copyOf);
    }

    /** Everything on free ports, with a broker of its own. */
    public static UpSettings onFreePorts(Path stateDir, List<Path> folders) {
        return new UpSettings(stateDir, folders, Optional.empty(), Topics.DEFAULT, 0, 0, 0);
    }
}
