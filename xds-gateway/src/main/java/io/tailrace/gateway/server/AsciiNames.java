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
import java.util.List;

/** The field `resource_names` of a DiscoveryRequest as it came: names of ASCII, which any bytes below 128 are. */
final class AsciiNames implements NameList {
    static final int FIELD = 3;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] message;
    private final int count;
    private final long fingerprint;

    private AsciiNames(byte[] message, int count, long fingerprint) {
        this.message = message;
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

        AsciiNames in(byte[] message) {
            return new AsciiNames(message, count, fingerprint);
        }
    }

    @Override
    public long fingerprint() {
        return fingerprint;
    }

    @Override
    public List<String> names() {
        return count == 0 ? List.of() : read(message, count);
    }

    /** In any case; throws if one isn't UTF-8. */
    static List<String> readUtf8(byte[] message) throws IOException {
        List<String> names = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (FIELD << 3)) {
                names.add(in.readStringRequireUtf8());
            } else {
                in.skipField(tag);
            }
        }
        return names;
    }

    private static List<String> read(byte[] message, int count) {
        try {
            List<String> names = readUtf8(message);
            if (names.size() != count) {
                throw new IllegalStateException("%d names of %d".formatted(names.size(), count));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("what was scanned can be read", e);
        }
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
