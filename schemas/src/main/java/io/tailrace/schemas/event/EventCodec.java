package io.tailrace.schemas.event;

import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Change events to Kafka records and back. Whatever bytes come in, a value goes out: a record from outside must not be
 * able to stop a stream. It knows nothing of topics' partitions, and doesn't check an object's values (Validation).
 */
public final class EventCodec {
    /** The header that names who wrote a record, and so whose object it is. */
    public static final String SOURCE = EventHeaders.SOURCE;

    private EventCodec() {}

    /** As our publisher writes it: the object's key, plain Protobuf in deterministic bytes, CloudEvents headers. */
    public static EncodedEvent encode(ChangeEvent event) {
        String key = event.key().text();
        EventMeta meta = event.meta();
        Headers headers = new RecordHeaders();
        EventHeaders.put(headers, EventHeaders.SPEC_VERSION, "1.0");
        EventHeaders.put(headers, EventHeaders.ID, meta.id());
        EventHeaders.put(headers, EventHeaders.SOURCE, meta.source());
        EventHeaders.put(headers, EventHeaders.TYPE, event.key().kind().id());
        EventHeaders.put(headers, EventHeaders.TIME, meta.time().toString());
        EventHeaders.put(headers, EventHeaders.SUBJECT, key);
        EventHeaders.put(headers, EventHeaders.AUTHOR, meta.author());
        EventHeaders.put(headers, EventHeaders.REASON, meta.reason());
        Message object = event.object();
        if (object != null) {
            EventHeaders.put(headers, EventHeaders.CONTENT_TYPE, "application/protobuf");
        }
        return new EncodedEvent(
                key.getBytes(StandardCharsets.UTF_8),
                object == null ? null : Deterministic.serializeToArray(object),
                headers);
    }

    /**
     * A record of config, secrets or endpoints: its key must be the object's, since compaction goes by it. Of a value in
     * Confluent's wire format the frame is taken off and nobody is asked: {@code ce_type} says the kind, and what the log
     * means must not hang on what a registry says today.
     */
    public static Decoded decode(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            EventMeta meta = EventHeaders.meta(headers);
            ObjectKey named = parseKey("key", text(key));
            if (value == null) {
                return new Decoded.Good(new ChangeEvent(named, null, meta));
            }
            Message object = Values.read(value, headers);
            ObjectKey own = ObjectKey.of(object);
            if (!own.equals(named)) {
                Problem problem = Problem.of("key", "\"" + named + "\"", "the object's own key, \"" + own + "\"");
                throw new BrokenEventException(problem.in(own.kind().id(), own.namespace(), own.name()));
            }
            return new Decoded.Good(new ChangeEvent(own, object, meta));
        } catch (BrokenEventException e) {
            return new Decoded.Broken(e.problem());
        } catch (InvalidKeyException e) {
            return new Decoded.Broken(e.problem());
        }
    }

    /** {@link #decodeInbox(byte[], byte[], Headers, Optional)} without a registry: the headers say what a value is. */
    public static Decoded decodeInbox(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return decodeInbox(key, value, headers, Optional.empty());
    }

    /**
     * A record of the inbox: any key will do, but a deletion is named by {@code ce_subject}, or else by its key. An endpoint
     * that doesn't say its source has the event's.
     *
     * @param schemas says what a framed value is; what it throws comes out of here
     */
    public static Decoded decodeInbox(
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            Optional<? extends WrittenSchemas> schemas) {
        try {
            EventMeta meta = EventHeaders.meta(headers);
            if (value == null) {
                return new Decoded.Good(new ChangeEvent(deleted(key, headers), null, meta));
            }
            Message read =
                    schemas.isPresent() ? Values.read(value, headers, schemas.get()) : Values.read(value, headers);
            Message object = withSource(read, meta.source());
            return new Decoded.Good(new ChangeEvent(ObjectKey.of(object), object, meta));
        } catch (BrokenEventException e) {
            return new Decoded.Broken(e.problem());
        } catch (InvalidKeyException e) {
            return new Decoded.Broken(e.problem());
        }
    }

    /** Who says what a record says, be its value broken or not; nothing, where its headers can't be read. */
    public static EventMeta meta(Headers headers) {
        try {
            return EventHeaders.meta(headers);
        } catch (BrokenEventException e) {
            return new EventMeta("", "", Instant.EPOCH, "");
        }
    }

    private static Message withSource(Message object, String source) {
        if (object instanceof Endpoint endpoint
                && endpoint.getSpec().getSource().isEmpty()) {
            Endpoint.Builder filled = endpoint.toBuilder();
            filled.getSpecBuilder().setSource(source);
            return filled.build();
        }
        return object;
    }

    private static ObjectKey deleted(byte @Nullable [] key, Headers headers) throws BrokenEventException {
        String subject = EventHeaders.get(headers, EventHeaders.SUBJECT);
        return subject.isEmpty() ? parseKey("key", text(key)) : parseKey("header ce_subject", subject);
    }

    private static ObjectKey parseKey(String field, String text) throws BrokenEventException {
        try {
            return ObjectKey.parse(text);
        } catch (InvalidKeyException e) {
            Problem problem = e.problem();
            throw new BrokenEventException(Problem.of(field, problem.found(), problem.expected()));
        }
    }

    private static String text(byte @Nullable [] key) throws BrokenEventException {
        if (key == null) {
            throw new BrokenEventException(Problem.of("key", "nothing", "the object's key, mesh/Kind/namespace/name"));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenEventException(Problem.of("key", "bytes that are not UTF-8", "mesh/Kind/namespace/name"));
        }
    }
}
