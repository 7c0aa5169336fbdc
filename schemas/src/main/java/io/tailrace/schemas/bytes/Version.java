package io.tailrace.schemas.bytes;

import com.google.protobuf.ByteString;
import io.tailrace.schemas.topic.Topic;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource's xDS version: where in the log the content last changed, and a hash of the content. The position is for
 * people, who find the event by it; equal hashes are equal content, whatever the positions.
 *
 * @param position "c877" (a revision), "c877.e3-10452" (and an offset of a partition of endpoints) or "s12" (an offset
 *     of secrets)
 * @param contentHash 16 hex digits: {@link Deterministic#hash16} of the bytes
 */
public record Version(String position, String contentHash) {
    private static final Pattern POSITION = Pattern.compile("c(\\d{1,19})(\\.e\\d{1,10}-\\d{1,19})?|s\\d{1,19}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    public Version {
        if (!POSITION.matcher(position).matches()) {
            throw new IllegalArgumentException("no position of a version: " + position);
        }
        if (!HASH.matcher(contentHash).matches()) {
            throw new IllegalArgumentException("no hash of a version: " + contentHash);
        }
    }

    /** Of what comes from config: "c877-9f1c2b7a41d0e6b2". */
    public static Version ofConfig(long revision, ByteString bytes) {
        return new Version(LogPosition.ofRevision(revision).text(), Deterministic.hash16(bytes));
    }

    /** Of a load assignment: "c877.e3-10452-9f1c2b7a41d0e6b2". */
    public static Version ofAssignment(long revision, int partition, long offset, ByteString bytes) {
        String position = LogPosition.ofRevision(revision).text() + "."
                + LogPosition.ofRecord(Topic.ENDPOINTS, partition, offset).text();
        return new Version(position, Deterministic.hash16(bytes));
    }

    /** Of a secret: "s12-9f1c2b7a41d0e6b2". */
    public static Version ofSecret(long offset, ByteString bytes) {
        return new Version(LogPosition.ofRecord(Topic.SECRETS, 0, offset).text(), Deterministic.hash16(bytes));
    }

    /** Reads what {@link #text} gives. Throws {@link IllegalArgumentException} for anything else. */
    public static Version parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("no version: " + text);
        }
        return new Version(text.substring(0, dash), text.substring(dash + 1));
    }

    /** The config revision, if the version has one. */
    public OptionalLong revision() {
        Matcher matcher = POSITION.matcher(position);
        return matcher.matches() && matcher.group(1) != null
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    public String text() {
        return position + "-" + contentHash;
    }

    @Override
    public String toString() {
        return text();
    }
}
