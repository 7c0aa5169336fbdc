package io.tailrace.schemas.event;

import io.tailrace.schemas.kind.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of a change event: CloudEvents' Kafka binding 1.0.2, section 3.2 (binary mode), {@code author} and {@code reason}. */
final class EventHeaders {
    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String SUBJECT = "ce_subject";
    static final String AUTHOR = "author";
    static final String REASON = "reason";
    static final String CONTENT_TYPE = "content-type";

    private EventHeaders() {}

    static void put(Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The last header of the name; empty if there is none. */
    static String get(Headers headers, String name) throws BrokenEventException {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.value()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenEventException(Problem.of("header " + name, "bytes that are not UTF-8", "text"));
        }
    }

    static EventMeta meta(Headers headers) throws BrokenEventException {
        String version = get(headers, SPEC_VERSION);
        if (!version.isEmpty() && !version.equals("1.0")) {
            throw new BrokenEventException(
                    Problem.of("header " + SPEC_VERSION, "\"" + version + "\"", "1.0, or no such header"));
        }
        return new EventMeta(
                get(headers, ID),
                get(headers, SOURCE),
                time(get(headers, TIME)),
                get(headers, AUTHOR),
                get(headers, REASON));
    }

    private static Instant time(String text) throws BrokenEventException {
        if (text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BrokenEventException(
                    Problem.of("header " + TIME, "\"" + text + "\"", "a time like 2026-01-31T12:00:00Z (RFC 3339)"));
        }
    }
}
