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
 * @param files to watch
 * @param kafka a cluster to use instead of a broker of its own
 * @param ports to listen on
 * @param acceptsLostInputs what an input that was made anew doesn't say goes; without it, that stays in force
 */
public record UpSettings(
        Path stateDir,
        Files files,
        Optional<Map<String, Object>> kafka,
        Topics topics,
        Ports ports,
        boolean acceptsLostInputs) {
    public UpSettings {
        kafka = kafka.map(Map::copyOf);
    }

    /**
     * The files that it watches.
     *
     * @param folders of YAML and JSON files; together one source; may be none
     * @param mayBeEmpty that there is nothing at all in them is meant: then everything is removed
     */
    public record Files(List<Path> folders, boolean mayBeEmpty) {
        public Files {
            folders = List.copyOf(folders);
        }
    }

    /**
     * Where it listens.
     *
     * @param kafka of the embedded broker; 0 takes the one that it had before, or a free one
     * @param xds of the gateway; 0 takes a free one
     * @param http of health and metrics; 0 takes a free one
     */
    public record Ports(int kafka, int xds, int http) {}

    /** Everything on free ports, with a broker of its own. */
    public static UpSettings onFreePorts(Path stateDir, List<Path> folders) {
        return new UpSettings(
                stateDir, new Files(folders, false), Optional.empty(), Topics.DEFAULT, new Ports(0, 0, 0), false);
    }
}
