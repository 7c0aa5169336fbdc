package io.tailrace.gateway.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tailrace.gateway.stream.NameList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's list of names as it came: the field `resource_names` of a DiscoveryRequest, or `resource_names_subscribe` of a
 * DeltaDiscoveryRequest. It is of ASCII, which any bytes below 128 are.
 */
final class AsciiNames implements NameList {
    /** In both messages. */
    static final int FIELD = 3;

    static final byte TAG = FIELD << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    static final AsciiNames NONE = new Scan().of(new byte[0]);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] fields;
    private final int count;
    private final long fingerprint;
    private @Nullable List<String> names;

    private AsciiNames(byte[] fields, int count, long fingerprint) {
        this.fields = fields;
        this.count = count;
        this.fingerprint = fingerprint;
    }

    /** Looks at one name after the other. */
    static final class Scan {
        private int count;
        private long fingerprint = 1;
        private long bits;

        void name(byte[] message, int from, int length) {
            count++;
            mix(length);
            int at = from;
            for (int end = from + length - Long.BYTES; at <= end; at += Long.BYTES) {
                long word = (long) WORDS.get(message, at);
                bits |= word;
                mix(word);
            }
            long rest = length < Long.BYTES ? few(message, at, from + length) : last(message, from + length);
            bits |= rest;
            mix(rest);
        }

        /** With bytes that are in the word before, too: the length is known. */
        private static long last(byte[] message, int end) {
            return (long) WORDS.get(message, end - Long.BYTES);
        }

        private static long few(byte[] message, int from, int end) {
            long few = 0;
            for (int at = from; at < end; at++) {
                few = few << Byte.SIZE | (message[at] & 0xff);
            }
            return few;
        }

        /** Both halves of a product, so that every bit of a word comes to all others, as in wyhash. */
        private void mix(long word) {
            long x = fingerprint ^ word;
            fingerprint = (x * MULTIPLIER ^ Math.unsignedMultiplyHigh(x, MULTIPLIER)) + 1;
        }

        boolean isAscii() {
            return (bits & HIGH_BITS) == 0;
        }

        int count() {
            return count;
        }

        /** `fields`: all of the names, each with its tag and length. */
        AsciiNames of(byte[] fields) {
            return new AsciiNames(fields, count, fingerprint);
        }
    }

    @Override
    public long fingerprint() {
        return fingerprint;
    }

    /** That it takes in a message. */
    int bytes() {
        return fields.length;
    }

    /** Whether it is just this list that begins there. */
    boolean isAt(byte[] message, int from, int end) {
        int next = from + fields.length;
        return next <= end
                && Arrays.equals(message, from, next, fields, 0, fields.length)
                && (next == end || message[next] != TAG);
    }

    @Override
    public List<String> names() {
        List<String> known = names;
        if (known == null) {
            known = read();
            names = known;
        }
        return known;
    }

    private List<String> read() {
        try {
            List<String> all = readUtf8(fields, fields.length);
            if (all.size() != count) {
                throw new IllegalStateException("%d names of %d".formatted(all.size(), count));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException("what was scanned can be read", e);
        }
    }

    /** The lists' names in a message, in any case; throws if one isn't UTF-8. */
    static List<String> readUtf8(byte[] message, int length) throws IOException {
        List<String> names = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message, 0, length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TAG) {
                names.add(in.readStringRequireUtf8());
            } else {
                in.skipField(tag);
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
