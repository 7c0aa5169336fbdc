package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.cli.topics.NamedOffsets;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.lane.Place;
import io.tailrace.translator.past.Effect;
import io.tailrace.translator.past.LogEvent;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Replay;
import io.tailrace.translator.streams.Incoming;
import io.tailrace.translator.streams.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The inputs of one mesh, read from their start: what the log said at some moments. */
final class PastLog {
    /** What is replayed. Secrets aren't: no resource is made of them yet. */
    private static final List<Topic> REPLAYED = List.of(Topic.CONFIG, Topic.ENDPOINTS);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String mesh;
    private final ProgressLine progress;
    private final Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
    private final Map<Topic, Duration> windows = new EnumMap<>(Topic.class);
    private final Map<TopicPartition, Long> newestMs = new HashMap<>();
    private final Intake intake;

    private PastLog(Map<String, Object> kafka, Topics topics, String mesh, ProgressLine progress) {
        this.kafka = kafka;
        this.topics = topics;
        this.mesh = mesh;
        this.progress = progress;
        this.intake = new Intake(topic -> Objects.requireNonNull(counts.get(topic)));
    }

    /** Throws what {@link TopicAdmin} does. */
    static PastLog open(Map<String, Object> kafka, Topics topics, String mesh, ProgressLine progress) {
        PastLog log = new PastLog(kafka, topics, mesh, progress);
        try (Admin admin = Admin.create(kafka)) {
            TopicAdmin asked = new TopicAdmin(admin, topics);
            log.counts.putAll(asked.partitionCounts(List.of(Topic.CONFIG, Topic.ENDPOINTS, Topic.SECRETS)));
            REPLAYED.forEach(topic -> log.windows.put(topic, asked.auditWindow(topic)));
        }
        return log;
    }

    /** What was in force at each of these moments. */
    List<LogState> at(List<Moment> moments) {
        beginReading();
        List<Cut> cuts = cuts(moments);
        List<Replay> replays = moments.stream().map(_ -> new Replay(mesh)).toList();
        long[] read = new long[1];
        LogReader.readToEnd(
                kafka,
                partitions(REPLAYED),
                record -> {
                    LogEvent event = event(record);
                    for (int i = 0; i < cuts.size(); i++) {
                        if (cuts.get(i).takes(record)) {
                            replays.get(i).take(event);
                        }
                    }
                    read[0]++;
                },
                done -> progress.report("replaying, " + Count.text(read[0], "event"), done.fraction()));
        cuts.forEach(this::warn);
        return replays.stream().map(Replay::state).toList();
    }

    /** Gives the events that are wanted in the order in which they were appended, each with what it came to. */
    void history(Predicate<LogEvent> wanted, Consumer<HistoryEntry> entries) {
        beginReading();
        Replay replay = new Replay(mesh);
        LogReader.readInOrder(
                kafka,
                partitions(List.of(Topic.CONFIG, Topic.ENDPOINTS, Topic.SECRETS)),
                record -> {
                    LogEvent event = event(record);
                    if (concerns(event, replay)) {
                        Effect effect = replay.take(event);
                        if (wanted.test(event)) {
                            entries.accept(HistoryEntry.of(event, effect));
                        }
                    }
                },
                done -> progress.report("reading the history", done.fraction()));
    }

    /** What names no object may be about any mesh, so it is shown in each. */
    boolean concerns(LogEvent event, Replay replay) {
        return event.key() == null || replay.concerns(event);
    }

    /** The partitions of the mesh: one of each topic by mesh, all of those by service. */
    List<TopicPartition> partitions(Collection<Topic> wanted) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : wanted) {
            int count = Objects.requireNonNull(counts.get(topic));
            if (topic == Topic.ENDPOINTS) {
                for (int partition = 0; partition < count; partition++) {
                    partitions.add(new TopicPartition(topics.name(topic), partition));
                }
            } else {
                partitions.add(new TopicPartition(topics.name(topic), Partitions.byMesh(mesh, count)));
            }
        }
        return partitions;
    }

    /** The records that come next are the first of their partitions again. */
    void beginReading() {
        newestMs.clear();
    }

    /** The records of a partition come in their order. */
    LogEvent event(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = topic(record.topic());
        // A broker's clock may have been set back, but what lies behind came later.
        long appendedMs =
                newestMs.merge(new TopicPartition(record.topic(), record.partition()), record.timestamp(), Math::max);
        Place place = new Place(topic, record.partition(), record.offset(), appendedMs);
        Incoming incoming = new Incoming(place, record.key(), record.value(), record.headers());
        return new LogEvent(intake.read(incoming), EventCodec.meta(record.headers()));
    }

    private Topic topic(String name) {
        return counts.keySet().stream()
                .filter(topic -> topics.name(topic).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Cut> cuts(List<Moment> moments) {
        Map<LogPosition, NamedOffsets> named = new LinkedHashMap<>();
        for (Moment moment : moments) {
            if (moment instanceof Moment.At(LogPosition position)) {
                named.put(position, NamedOffsets.of(position, mesh, topics, counts));
            }
        }
        Map<LogPosition, Long> times = named.isEmpty() ? Map.of() : times(named);
        return moments.stream()
                .map(moment -> switch (moment) {
                    case Moment.Now _ -> new Cut(Map.of(), Long.MAX_VALUE);
                    case Moment.Time(Instant time) -> new Cut(Map.of(), time.toEpochMilli());
                    case Moment.At(LogPosition position) ->
                        new Cut(
                                Objects.requireNonNull(named.get(position)).offsets(),
                                times.getOrDefault(position, 0L));
                })
                .toList();
    }

    /** What a position doesn't name is taken as of the newest record that it does. One reading tells that of all. */
    private Map<LogPosition, Long> times(Map<LogPosition, NamedOffsets> named) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        named.values().forEach(each -> partitions.addAll(each.offsets().keySet()));
        Map<LogPosition, Long> times = new HashMap<>();
        Map<TopicPartition, Long> ends = LogReader.readToEnd(kafka, partitions, record -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            named.forEach((position, each) -> {
                if (record.offset() <= each.offsets().getOrDefault(partition, -1L)) {
                    times.merge(position, record.timestamp(), Math::max);
                }
            });
        });
        named.values().stream()
                .flatMap(each -> each.notYet(ends).stream())
                .findFirst()
                .ifPresent(line -> {
                    throw new CommandFailedException(ExitCode.INVALID, line);
                });
        return times;
    }

    /** Inside the window nothing is compacted; what is older may have been, where it was changed again since. */
    private void warn(Cut cut) {
        windows.forEach((topic, window) -> {
            if (cut.timeMs() < Instant.now().minus(window).toEpochMilli()) {
                progress.say("that is before the audit window of " + topics.name(topic) + " (" + text(window)
                        + "): what was changed again before it may be missing");
            }
        });
    }

    private static String text(Duration window) {
        return window.toDays() > 0 ? Count.text(window.toDays(), "day") : window.toSeconds() + " s";
    }
}
