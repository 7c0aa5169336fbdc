package io.tailrace.schemas.event;

import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Turns a record that can't be used into one for {@code dead-letters}: as it came, with the reason and where it lay in
 * headers. Always small enough to be written, so that nothing that anyone sends can stop whoever reads it.
 */
public final class DeadLetters {
    /** What is wrong, one problem a line; names the field. */
    public static final String REASON = "dead-letter-reason";
    /** Where the record lay. */
    public static final String TOPIC = "dead-letter-topic";

    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";
    /** The whole value's length in bytes and its SHA-256 in hex, where the value here is not whole. */
    public static final String SIZE = "dead-letter-size";

    public static final String SHA256 = "dead-letter-sha256";
    /** What of the record isn't here or not whole: "key", "value", "headers", separated by commas. */
    public static final String CUT = "dead-letter-cut";

    /** Of a longer value only so many bytes are kept. */
    public static final int MAX_VALUE_BYTES = 512 << 10;

    private static final int MAX_KEY_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 64 << 10;
    private static final int MAX_REASON_CHARACTERS = 8 << 10;

    private DeadLetters() {}

    /** Where a record lay. */
    public record Origin(String topic, int partition, long offset) {}

    /**
     * Makes the letter; without the value if that may be key material that nobody encrypted.
     *
     * @param reasons at least one
     */
    public static DeadLetter of(
            Origin origin, byte @Nullable [] key, byte @Nullable [] value, Headers headers, List<Problem> reasons) {
        Headers all = new RecordHeaders();
        StringBuilder cut = new StringBuilder();
        byte[] shownKey = key;
        if (key != null && key.length > MAX_KEY_BYTES) {
            shownKey = Arrays.copyOf(key, MAX_KEY_BYTES);
            cut.append(",key");
        }
        byte[] shownValue = value;
        int limit = mayBeSecret(key, value, headers, reasons) ? 0 : MAX_VALUE_BYTES;
        if (value != null && value.length > limit) {
            shownValue = Arrays.copyOf(value, limit);
            cut.append(",value");
            add(all, SIZE, Integer.toString(value.length));
            add(all, SHA256, sha256(value));
        }
        if (size(headers) <= MAX_HEADER_BYTES) {
            headers.forEach(all::add);
        } else {
            cut.append(",headers");
        }
        add(all, REASON, text(reasons));
        add(all, TOPIC, origin.topic());
        add(all, PARTITION, Integer.toString(origin.partition()));
        add(all, OFFSET, Long.toString(origin.offset()));
        if (!cut.isEmpty()) {
            add(all, CUT, cut.substring(1));
        }
        return new DeadLetter(shownKey, shownValue, all);
    }

    // A secret that someone sent as plain text breaks at its fields; it must not lie about in one more topic.
    private static boolean mayBeSecret(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, List<Problem> reasons) {
        String secret = Kind.SECRET.id();
        Header type = headers.lastHeader(EventHeaders.TYPE);
        return (type != null && type.value() != null && latin1(type.value()).equals(secret))
                || (key != null && latin1(key).contains("/" + secret + "/"))
                || (value != null && latin1(value).contains("\"" + secret + "\""))
                || reasons.stream().anyMatch(reason -> reason.kind().equals(secret));
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static String text(List<Problem> reasons) {
        String text = reasons.stream().map(Problem::text).collect(Collectors.joining("\n"));
        return text.length() <= MAX_REASON_CHARACTERS ? text : text.substring(0, MAX_REASON_CHARACTERS) + "...";
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    // For a search in any bytes.
    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
