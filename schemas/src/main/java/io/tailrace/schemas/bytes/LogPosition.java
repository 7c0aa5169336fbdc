package io.tailrace.schemas.bytes;

import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the log as a mesh sees it: a vector of the newest offsets that count. What it doesn't name is taken as of the
 * moment when the newest record that it names was appended. Its text is that of a {@link Version}'s position, for as many
 * partitions as there are: {@code c877}, {@code c877.s3.e3-10452,e5-17}; {@code 877} alone is read as a revision.
 *
 * @param config the revision
 * @param secrets an offset of the mesh's partition of secrets
 * @param endpoints offsets of endpoints, by partition
 */
public record LogPosition(OptionalLong config, OptionalLong secrets, SortedMap<Integer, Long> endpoints) {
    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TEXT = Pattern.compile("(?:c([0-9]{1,18}))?(?:\\.?\\bs([0-9]{1,18}))?"
            + "(?:\\.?\\b(e[0-9]{1,9}-[0-9]{1,18}(?:,e[0-9]{1,9}-[0-9]{1,18})*))?");

    public LogPosition {
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
        if (config.isEmpty() && secrets.isEmpty() && endpoints.isEmpty()) {
            throw new IllegalArgumentException("a position names one offset at least");
        }
    }

    public static LogPosition ofRevision(long revision) {
        return new LogPosition(OptionalLong.of(revision), OptionalLong.empty(), new TreeMap<>());
    }

    /** Where a record of an input lies. Throws {@link IllegalArgumentException} for other topics. */
    public static LogPosition ofRecord(Topic input, int partition, long offset) {
        return switch (input) {
            case CONFIG -> ofRevision(offset);
            case SECRETS -> new LogPosition(OptionalLong.empty(), OptionalLong.of(offset), new TreeMap<>());
            case ENDPOINTS ->
                new LogPosition(OptionalLong.empty(), OptionalLong.empty(), new TreeMap<>(Map.of(partition, offset)));
            case INBOX, POLICIES, RESOURCES, ASSIGNMENTS, FLEET, STATUS, DEAD_LETTERS ->
                throw new IllegalArgumentException("no position of the log lies on " + input);
        };
    }

    /**
     * Of what a view says that it holds, for the meshes of one partition of {@code config}. Throws
     * {@link IllegalArgumentException} if that is nothing.
     */
    public static LogPosition of(Collection<Position> positions, int meshPartition) {
        OptionalLong config = OptionalLong.empty();
        OptionalLong secrets = OptionalLong.empty();
        SortedMap<Integer, Long> endpoints = new TreeMap<>();
        for (Position position : positions) {
            if (position.getOffset() < 0) {
                continue; // nothing of it counts
            }
            boolean own = position.getPartition() == meshPartition;
            switch (position.getInput()) {
                case CONFIG -> config = own ? OptionalLong.of(position.getOffset()) : config;
                case SECRETS -> secrets = own ? OptionalLong.of(position.getOffset()) : secrets;
                case ENDPOINTS -> endpoints.put(position.getPartition(), position.getOffset());
                case INPUT_UNSPECIFIED, UNRECOGNIZED -> {} // a newer version's: nothing that this one could replay
            }
        }
        return new LogPosition(config, secrets, endpoints);
    }

    /** Reads what {@link #text} gives, or a revision alone. Throws {@link IllegalArgumentException} for anything else. */
    public static LogPosition parse(String text) {
        if (REVISION.matcher(text).matches()) {
            return ofRevision(Long.parseLong(text));
        }
        Matcher matcher = TEXT.matcher(text);
        if (text.isEmpty() || text.startsWith(".") || !matcher.matches()) {
            throw new IllegalArgumentException("no position: " + text);
        }
        SortedMap<Integer, Long> endpoints = new TreeMap<>();
        for (String each : parts(matcher.group(3))) {
            int dash = each.indexOf('-');
            endpoints.put(Integer.valueOf(each.substring(1, dash)), Long.valueOf(each.substring(dash + 1)));
        }
        return new LogPosition(offset(matcher.group(1)), offset(matcher.group(2)), endpoints);
    }

    public String text() {
        List<String> parts = new ArrayList<>();
        config.ifPresent(offset -> parts.add("c" + offset));
        secrets.ifPresent(offset -> parts.add("s" + offset));
        if (!endpoints.isEmpty()) {
            StringJoiner each = new StringJoiner(",");
            endpoints.forEach((partition, offset) -> each.add("e" + partition + "-" + offset));
            parts.add(each.toString());
        }
        return String.join(".", parts);
    }

    /** As commands show it: a revision alone is its number, as in "877"; anything else is {@link #text}. */
    public String shortText() {
        return config.isPresent() && secrets.isEmpty() && endpoints.isEmpty()
                ? Long.toString(config.getAsLong())
                : text();
    }

    private static List<String> parts(@Nullable String group) {
        return group == null ? List.of() : List.of(group.split(",", -1));
    }

    private static OptionalLong offset(@Nullable String group) {
        return group == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(group));
    }

    @Override
    public String toString() {
        return text();
    }
}
