package io.tailrace.bench.wire;

import io.netty.buffer.ByteBuf;

/** A place in a serialized message: one value there, and its length. Allocates nothing. */
final class Fields {
    private int at;
    private int length;

    int at() {
        return at;
    }

    int length() {
        return length;
    }

    /** Behind the value. */
    int end() {
        return at + length;
    }

    void goTo(int index, int bytes) {
        at = index;
        length = bytes;
    }

    /** Goes to the value of the field that begins there, and returns the field's number. All but numbers has a length. */
    int next(ByteBuf message, int index) {
        int tag = varint(message, index);
        int kind = tag & 7;
        int afterTag = index + varintLength(tag);
        int number = varint(message, afterTag);
        if (kind == 2) {
            goTo(afterTag + varintLength(number), number);
        } else if (kind == 0) {
            goTo(afterTag, varintLength(number));
        } else {
            throw new IllegalArgumentException("a field of wire type " + kind + " in a response");
        }
        return tag >>> 3;
    }

    /** Goes from a message to the first of its fields of this number; where there is none, it stays. */
    boolean find(ByteBuf message, int wanted) {
        int from = at;
        int bytes = length;
        int end = end();
        int index = at;
        while (index < end) {
            if (next(message, index) == wanted) {
                return true;
            }
            index = end();
        }
        goTo(from, bytes);
        return false;
    }

    void enter(ByteBuf message, int wanted) {
        if (!find(message, wanted)) {
            throw new IllegalArgumentException("a resource without field " + wanted);
        }
    }

    /** The number that stands here. */
    int number(ByteBuf message) {
        return varint(message, at);
    }

    private static int varint(ByteBuf message, int index) {
        int result = 0;
        for (int i = 0; i < 5; i++) {
            byte b = message.getByte(index + i);
            result |= (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return result;
            }
        }
        throw new IllegalArgumentException("a number of more than 32 bits");
    }

    static int varintLength(int number) {
        return number == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(number)) / 7;
    }
}
