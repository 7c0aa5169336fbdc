package io.tailrace.connectors.inbox;

import com.google.protobuf.Message;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.DeadLetter;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.event.WrittenSchemas;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.registry.RegistryException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decides what becomes of one record of the inbox. */
final class Routing {
    private Routing() {}

    sealed interface Routed {}

    /** @param event normalized and valid */
    record Forwarded(ChangeEvent event) implements Routed {}

    record Dead(DeadLetter letter, List<Problem> reasons) implements Routed {}

    /** Throws RegistryException if what a framed value is can't be known now. */
    static Routed route(ConsumerRecord<byte[], byte[]> record, Optional<? extends WrittenSchemas> schemas) {
        try {
            return switch (EventCodec.decodeInbox(record.key(), record.value(), record.headers(), schemas)) {
                case Decoded.Broken(Problem problem) -> dead(record, List.of(problem));
                case Decoded.Good(ChangeEvent event) -> checked(record, event);
            };
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            // A mistake of ours, which must cost one event and not the inbox.
            return dead(record, List.of(Problem.of("", "an event that makes the inbox fail: " + e, "an event")));
        }
    }

    static Dead dead(ConsumerRecord<byte[], byte[]> record, List<Problem> reasons) {
        DeadLetters.Origin origin = new DeadLetters.Origin(record.topic(), record.partition(), record.offset());
        return new Dead(DeadLetters.of(origin, record.key(), record.value(), record.headers(), reasons), reasons);
    }

    private static Routed checked(ConsumerRecord<byte[], byte[]> record, ChangeEvent event) {
        Message object = event.object();
        if (object == null) {
            return new Forwarded(event);
        }
        List<Problem> problems = Validation.check(object);
        return problems.isEmpty() ? new Forwarded(event) : dead(record, problems);
    }
}
