package io.tailrace.connectors.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where in the inbox a record lies. */
record RecordPlace(int partition, long offset) {
    static RecordPlace of(ConsumerRecord<?, ?> record) {
        return new RecordPlace(record.partition(), record.offset());
    }
}
