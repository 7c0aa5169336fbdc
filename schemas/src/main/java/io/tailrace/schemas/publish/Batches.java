package io.tailrace.schemas.publish;

import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The order of a publication, and its cut into transactions that end well before their timeout. */
final class Batches {
    static final int MAX_RECORDS = 1_000;
    static final int MAX_BYTES = 8 << 20;

    /** An event and its record. */
    record Outgoing(ChangeEvent event, ProducerRecord<byte[], byte[]> record) {}

    private Batches() {}

    /**
     * What appears before what vanishes, and what is referred to before what refers to it (vanishing the other way round),
     * so that at no revision in between a route answers 500 for a Service that is only an event away. Otherwise in the order
     * given. Of one object only the last event can make it vanish.
     */
    static List<ChangeEvent> appearsFirst(List<ChangeEvent> events) {
        Map<ObjectKey, Integer> last = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            last.put(events.get(i).key(), i);
        }
        List<ChangeEvent> appears = new ArrayList<>();
        List<ChangeEvent> vanishes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            ChangeEvent event = events.get(i);
            boolean isLast = last.getOrDefault(event.key(), i) == i;
            (event.isDeletion() && isLast ? vanishes : appears).add(event);
        }
        Comparator<ChangeEvent> referredFirst =
                Comparator.comparingInt(event -> rank(event.key().kind()));
        appears.sort(referredFirst);
        vanishes.sort(referredFirst.reversed());
        appears.addAll(vanishes);
        return appears;
    }

    /** A kind refers only to kinds of lower ranks. */
    private static int rank(Kind kind) {
        return switch (kind) {
            case PROXY_GROUP, SECRET, SERVICE -> 0;
            case ENDPOINT -> 1;
            case ENVOY_RESOURCE, GATEWAY -> 2;
            case HTTP_ROUTE, TCP_ROUTE -> 3;
        };
    }

    static List<List<Outgoing>> cut(List<Outgoing> all) {
        List<List<Outgoing>> batches = new ArrayList<>();
        List<Outgoing> batch = new ArrayList<>();
        long bytes = 0;
        for (Outgoing outgoing : all) {
            int size = EventRecords.size(outgoing.record());
            if (!batch.isEmpty() && (batch.size() == MAX_RECORDS || bytes + size > MAX_BYTES)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(outgoing);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
