package io.tailrace.schemas.event;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Confluent's wire format: a zero byte, the schema's id in four bytes, and then, for Protobuf, which message of the schema
 * it is, and the message. Neither plain Protobuf (no field has the number 0) nor JSON begins with a zero byte, so a value
 * says itself whether it is framed.
 */
public final class WireFormat {
    private static final int HEAD = 5;

    private WireFormat() {}

    /**
     * A message behind its frame.
     *
     * @param indexes the message's place in the schema: its number among the messages of the file, then among those inside
     *     it, and so on
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to a parser at once, never compared
    record Framed(List<Integer> indexes, byte[] message) {}

    static boolean isFramed(byte[] value) {
        return value.length > 0 && value[0] == 0;
    }

    /** Empty if the value ends before its id does. */
    static Optional<Integer> id(byte[] framed) {
        return framed.length < HEAD
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(framed).getInt(1));
    }

    /** What stands behind the id, where no message has to be named: JSON. */
    static byte[] text(byte[] framed) {
        return Arrays.copyOfRange(framed, HEAD, framed.length);
    }

    /** What stands behind the id of Protobuf; empty if no place in a schema stands there. */
    static Optional<Framed> protobuf(byte[] framed) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(framed, HEAD, framed.length - HEAD);
            int count = in.readSInt32();
            List<Integer> indexes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                indexes.add(in.readSInt32()); // ends with the value, whatever the count says
            }
            boolean valid = count >= 0 && indexes.stream().allMatch(index -> index >= 0);
            // The first message of a file, which most are, is written as "no index".
            return valid
                    ? Optional.of(new Framed(
                            count == 0 ? List.of(0) : indexes,
                            Arrays.copyOfRange(framed, HEAD + in.getTotalBytesRead(), framed.length)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A message in its frame. */
    public static byte[] frame(int id, List<Integer> indexes, byte[] message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + 1 + message.length);
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            if (indexes.equals(List.of(0))) {
                out.writeSInt32NoTag(0);
            } else {
                out.writeSInt32NoTag(indexes.size());
                for (int index : indexes) {
                    out.writeSInt32NoTag(index);
                }
            }
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("an array takes all bytes", e);
        }
        bytes.writeBytes(message);
        return bytes.toByteArray();
    }
}
