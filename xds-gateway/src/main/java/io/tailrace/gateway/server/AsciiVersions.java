package io.tailrace.gateway.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tailrace.gateway.stream.VersionList;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field `initial_resource_versions` of a DeltaDiscoveryRequest as it came: entries of ASCII, one behind the other, each of a
 * name and then a version, as everybody writes them.
 */
final class AsciiVersions implements VersionList {
    static final int FIELD = 5;

    static final byte TAG = FIELD << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final byte NAME = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final byte VERSION = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final byte[] fields;
    private final int count;
    private final long fingerprint;
    private @Nullable Map<String, String> byName;

    private AsciiVersions(byte[] fields, int count, long fingerprint) {
        this.fields = fields;
        this.count = count;
        this.fingerprint = fingerprint;
    }

    /** Those that begin there; null: they don't look as they should, and must be read with care. */
    static @Nullable AsciiVersions at(byte[] message, int from, int end) {
        Scan scan = new Scan(message, from, end);
        while (scan.isAtEntry()) {
            if (!scan.entry()) {
                return null;
            }
        }
        return new AsciiVersions(Arrays.copyOfRange(message, from, scan.at), scan.count, scan.fingerprint);
    }

    private static final class Scan {
        private final byte[] message;
        private final int end;
        private int at;
        private int count;
        private long fingerprint;

        Scan(byte[] message, int from, int end) {
            this.message = message;
            this.at = from;
            this.end = end;
        }

        boolean isAtEntry() {
            return is(TAG, end);
        }

        private boolean is(byte tag, int limit) {
            return at < limit && message[at] == tag;
        }

        /** Goes behind an entry, unless there is something else than there should be. */
        boolean entry() {
            int entryEnd = endOf(TAG, end);
            int nameEnd = endOf(NAME, entryEnd);
            int name = at;
            if (nameEnd < 0) {
                return false;
            }
            at = nameEnd;
            int versionEnd = endOf(VERSION, entryEnd);
            int version = at;
            if (versionEnd != entryEnd || !isAscii(name, nameEnd) || !isAscii(version, versionEnd)) {
                return false;
            }
            at = entryEnd;
            fingerprint += Fingerprint.of(message, name, nameEnd, hash(version, versionEnd), versionEnd);
            count++;
            return true;
        }

        /** Reads a tag and a length. Returns where the field ends; negative: it isn't this one, or is longer than there is room. */
        private int endOf(byte tag, int limit) {
            if (!is(tag, limit)) {
                return -1;
            }
            at++;
            int length = 0;
            for (int shift = 0; shift < 28 && at < limit; shift += 7) {
                byte more = message[at++];
                length |= (more & 0x7f) << shift;
                if (more >= 0) {
                    return length <= limit - at ? at + length : -1;
                }
            }
            return -1;
        }

        private boolean isAscii(int from, int to) {
            byte bits = 0;
            for (int i = from; i < to; i++) {
                bits |= message[i];
            }
            return bits >= 0;
        }

        /** Where the hash of a version begins: {@link Body#hashOf}. */
        private int hash(int version, int versionEnd) {
            for (int i = versionEnd; i > version; i--) {
                if (message[i - 1] == '-') {
                    return i;
                }
            }
            return version;
        }
    }

    /** That it takes in a message. */
    int bytes() {
        return fields.length;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public long fingerprint() {
        return fingerprint;
    }

    @Override
    public Map<String, String> byName() {
        Map<String, String> known = byName;
        if (known == null) {
            known = read();
            byName = known;
        }
        return known;
    }

    private Map<String, String> read() {
        try {
            Map<String, String> all = HashMap.newHashMap(count);
            CodedInputStream in = CodedInputStream.newInstance(fields);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                readEntry(in, all);
            }
            return Collections.unmodifiableMap(all);
        } catch (IOException e) {
            throw new UncheckedIOException("what was scanned can be read", e);
        }
    }

    /** One entry, behind its tag, however it is written; throws if it isn't one. */
    static void readEntry(CodedInputStream in, Map<String, String> into) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        String name = "";
        String version = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == NAME) {
                name = in.readStringRequireUtf8();
            } else if (tag == VERSION) {
                version = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
        into.put(name, version);
    }

    @Override
    public String toString() {
        return byName().toString();
    }
}
