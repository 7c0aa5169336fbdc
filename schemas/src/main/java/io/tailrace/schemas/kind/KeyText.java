package io.tailrace.schemas.kind;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments, percent-encoded and joined by '/': the text of every key on the log. What RFC 3986 allows in a path segment
 * (section 3.3, pchar) stands as it is, every other byte of the UTF-8 form as "%XX" in capitals. Each list of segments
 * has one text, and only that one is read back, since compaction goes by a key's bytes.
 */
public final class KeyText {
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";
    private static final boolean[] IS_PLAIN = plain();
    private static final String HEX = "0123456789ABCDEF";

    private KeyText() {}

    /** Throws {@link InvalidKeyException} if a segment is not Unicode (half of a surrogate pair). */
    public static String join(String... segments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            if (i > 0) {
                text.append('/');
            }
            encode(segments[i], text);
        }
        return text.toString();
    }

    /** Compares what {@link #join} gives of the two, which begins alike as far as their segments do: that isn't made. */
    static int compare(List<String> segments, List<String> others) {
        int from = 0;
        while (from < segments.size()
                && from < others.size()
                && segments.get(from).equals(others.get(from))) {
            from++;
        }
        return rest(segments, from).compareTo(rest(others, from));
    }

    private static String rest(List<String> segments, int from) {
        return join(segments.subList(from, segments.size()).toArray(String[]::new));
    }

    /** The segments, decoded. Throws {@link InvalidKeyException} if the text isn't what {@link #join} gives. */
    public static List<String> split(String text) {
        List<String> segments = new ArrayList<>();
        for (String encoded : text.split("/", -1)) {
            segments.add(decode(encoded, text));
        }
        return List.copyOf(segments);
    }

    private static void encode(String segment, StringBuilder text) {
        if (isPlain(segment)) {
            text.append(segment);
            return;
        }
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(segment));
        } catch (CharacterCodingException e) {
            throw new InvalidKeyException(Problem.of("key", "half of a surrogate pair", "Unicode text"));
        }
        while (bytes.hasRemaining()) {
            int value = bytes.get() & 0xff;
            if (PLAIN.indexOf(value) >= 0) {
                text.append((char) value);
            } else {
                text.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xf));
            }
        }
    }

    // Nearly all are.
    private static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c >= IS_PLAIN.length || !IS_PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[128];
        PLAIN.chars().forEach(c -> plain[c] = true);
        return plain;
    }

    private static String decode(String encoded, String whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            char c = encoded.charAt(at);
            if (PLAIN.indexOf(c) >= 0) {
                bytes.write(c);
                at++;
            } else {
                bytes.write(escaped(encoded, at, whole));
                at += 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(whole, "escapes that are not UTF-8");
        }
    }

    private static int escaped(String encoded, int at, String whole) {
        if (encoded.charAt(at) != '%') {
            throw invalid(whole, "the character '" + encoded.charAt(at) + "'");
        }
        int high = at + 2 < encoded.length() ? HEX.indexOf(encoded.charAt(at + 1)) : -1;
        int low = at + 2 < encoded.length() ? HEX.indexOf(encoded.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw invalid(whole, "a '%' without two of 0-9, A-F behind it");
        }
        int value = high << 4 | low;
        if (PLAIN.indexOf(value) >= 0) {
            throw invalid(whole, "an escape of '" + (char) value + "', which needs none");
        }
        return value;
    }

    private static InvalidKeyException invalid(String whole, String found) {
        return new InvalidKeyException(Problem.of(
                "key", found + " in \"" + whole + "\"", "percent-encoded segments (RFC 3986, 3.3) joined by '/'"));
    }
}
