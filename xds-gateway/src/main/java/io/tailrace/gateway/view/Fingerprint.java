package io.tailrace.gateway.view;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A number for a name and the hash of its content, the same on every gateway; sums of them tell sets of resources apart.
 * FNV-1a over name, line feed and hash, and a last mixing (that of SplitMix64), so that sums don't cancel out.
 */
public final class Fingerprint {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    public static long of(String name, String hash) {
        byte[] first = name.getBytes(UTF_8);
        byte[] second = hash.getBytes(UTF_8);
        return mixed(with(with(with(BASIS, first, 0, first.length), '\n'), second, 0, second.length));
    }

    /** Of what lies in a message as UTF-8; ends are exclusive. */
    public static long of(byte[] message, int name, int nameEnd, int hash, int hashEnd) {
        return mixed(with(with(with(BASIS, message, name, nameEnd), '\n'), message, hash, hashEnd));
    }

    private static long with(long state, byte[] bytes, int from, int end) {
        long h = state;
        for (int i = from; i < end; i++) {
            h = with(h, bytes[i]);
        }
        return h;
    }

    private static long with(long state, int b) {
        return (state ^ (b & 0xff)) * PRIME;
    }

    private static long mixed(long state) {
        long h = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
