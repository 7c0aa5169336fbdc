package io.tailrace.connectors.core;

import io.tailrace.connectors.core.diff.Changes;
import io.tailrace.connectors.core.diff.Difference;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;

/**
 * The log's side of a connector: knows what is the source's own there, and makes it what the source wants. Of the connector's
 * thread.
 */
final class OwnLog implements AutoCloseable {
    // The inputs keep deletions for seven days, so a reader that was away for a day has missed nothing.
    private static final Duration DOUBT = Duration.ofDays(1);

    private final ConnectorSettings settings;
    private final String source;
    private final InstantSource clock;
    private final OwnRecords records;
    private final LogReader reader;
    private final Publisher publisher;
    private boolean reading;

    // What we have seen to since the reading of this number.
    private Map<ObjectKey, Long> asserted = Map.of();
    private int assertedIn;

    /** @param learned told when a reading from the start has caught up: there may be something to restore */
    OwnLog(ConnectorSettings settings, String source, InstantSource clock, Runnable learned) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.publisher = new Publisher(PublisherConfig.ofSource(settings.kafka(), settings.topics(), source)
                .withAuthor(settings.author()));
        this.records = new OwnRecords(settings.topics(), source, learned);
        List<String> inputs = Stream.of(Topic.CONFIG, Topic.SECRETS, Topic.ENDPOINTS)
                .map(settings.topics()::name)
                .toList();
        this.reader = new LogReader(
                ReaderConfig.of("connector-" + source, settings.kafka(), inputs)
                        .withDoubtAfter(DOUBT)
                        // What a run before this one wrote may be hidden behind another program's open transaction.
                        .withEnds(IsolationLevel.READ_UNCOMMITTED),
                records::fresh);
    }

    LogReader reader() {
        return reader;
    }

    /**
     * Fences every other connector of this name, and ends what a failed publication left open: from then on nobody else writes
     * under the name. Throws what {@link Publisher#publish} throws.
     *
     * @return completes when all that was written under it so far is known
     */
    CompletableFuture<?> open() {
        publisher.open();
        if (!reading) {
            reader.start();
            reading = true;
        }
        return reader.passEndOffsets();
    }

    /** Publishes what the log lacks of the source's state. Throws what {@link Publisher#publish} throws. */
    Changes bring(Snapshot desired) {
        OwnRecords.Own own = records.own().orElseThrow();
        if (own.reading() != assertedIn) {
            // A topic was made anew, say: as at a start, what isn't ours there is restored.
            asserted = Map.of();
            assertedIn = own.reading();
        }
        Changes changes = Difference.between(own.hashes(), asserted, desired, settings.mayBeEmpty());
        if (!changes.isEmpty()) {
            Map<ObjectKey, Long> written = new HashMap<>();
            List<ChangeEvent> events = events(changes, written);
            records.wrote(publisher.publish(events), written);
        }
        Map<ObjectKey, Long> now = new HashMap<>();
        desired.objects().forEach((key, object) -> now.put(key, object.hash()));
        asserted = now;
        return changes;
    }

    @Override
    public void close() {
        publisher.close();
        reader.close();
    }

    // What appears stands before what vanishes, so that nothing is without its replacement in between.
    private List<ChangeEvent> events(Changes changes, Map<ObjectKey, Long> written) {
        List<ChangeEvent> events = new ArrayList<>();
        for (SourceObject object : concat(changes.appearing(), changes.changed())) {
            events.add(new ChangeEvent(object.key(), object.object(), meta()));
            written.put(object.key(), object.hash());
        }
        for (ObjectKey key : changes.vanished()) {
            events.add(new ChangeEvent(key, null, meta()));
        }
        return events;
    }

    private EventMeta meta() {
        return new EventMeta(UUID.randomUUID().toString(), source, clock.instant(), settings.author());
    }

    private static List<SourceObject> concat(List<SourceObject> first, List<SourceObject> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
