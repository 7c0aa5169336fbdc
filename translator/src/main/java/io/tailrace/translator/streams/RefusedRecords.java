package io.tailrace.translator.streams;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which record Kafka refused, and stops the thread, which starts again after a pause. To go on without the record
 * would publish half a change. Sizes are checked before, so what is left are topics that are set up otherwise.
 */
public final class RefusedRecords implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedRecords.class);

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        byte[] value = record.value();
        LOG.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("bytes", value == null ? 0 : value.length)
                .addKeyValue("reason", exception.getMessage())
                .log("Kafka refused a record; `tailrace topics check` shows topics that are set up otherwise");
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
