package io.tailrace.bench.workload;

import io.netty.buffer.ByteBuf;

/** Names end in their number, so that a client needs no map to know one. */
public final class Names {
    private static final int DIGITS = 6;

    private Names() {}

    public static String of(int number) {
        return "default/service-%06d".formatted(number);
    }

    /** The number of the name that lies there. */
    public static int numberOf(ByteBuf bytes, int index, int length) {
        int number = 0;
        for (int i = index + length - DIGITS; i < index + length; i++) {
            number = number * 10 + bytes.getByte(i) - '0';
        }
        return number;
    }
}
