package io.tailrace.cli.past;

import io.tailrace.schemas.read.LogFold;
import io.tailrace.translator.past.LogEvent;
import io.tailrace.translator.past.Replay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The history as it grows: what is there in the order of the log, then what comes as it comes. A reading anew shows nothing
 * twice. Of the reader's thread.
 */
final class HistoryTail {
    private final PastLog log;
    private final String mesh;
    private final Predicate<LogEvent> wanted;
    private final Consumer<HistoryEntry> print;
    private final Map<TopicPartition, Long> shown = new HashMap<>();

    HistoryTail(PastLog log, String mesh, Predicate<LogEvent> wanted, Consumer<HistoryEntry> print) {
        this.log = log;
        this.mesh = mesh;
        this.wanted = wanted;
        this.print = print;
    }

    LogFold fresh() {
        log.beginReading();
        return new Fold();
    }

    private final class Fold implements LogFold {
        private final Replay replay = new Replay(mesh);
        private final List<HistoryEntry> waiting = new ArrayList<>();
        private boolean caughtUp;

        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            LogEvent event = log.event(record);
            if (!log.concerns(event, replay)) {
                return;
            }
            HistoryEntry entry = HistoryEntry.of(event, replay.take(event));
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (wanted.test(event) && record.offset() > shown.getOrDefault(partition, -1L)) {
                waiting.add(entry);
                shown.put(partition, record.offset());
            }
        }

        @Override
        public void batchDone() {
            if (caughtUp) {
                printWaiting();
            }
        }

        @Override
        public void caughtUp() {
            caughtUp = true;
            printWaiting();
        }

        private void printWaiting() {
            waiting.sort(Comparator.comparing(HistoryEntry::event, LogEvent.ORDER));
            waiting.forEach(print);
            waiting.clear();
        }
    }
}
