package io.tailrace.schemas.bytes;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one place that turns messages into bytes. Protobuf by itself writes map entries in an order that differs from one
 * JVM to the next, in {@code Any.pack} too; then equal content would get other versions, and Envoys drain for noise. An
 * Any that was packed elsewhere is kept as it is.
 */
public final class Deterministic {
    private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

    private Deterministic() {}

    /** Map entries sorted by key, fields by number. */
    public static ByteString serialize(Message message) {
        return ByteString.copyFrom(serializeToArray(message));
    }

    public static byte[] serializeToArray(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array can't fail", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    /** {@code Any.pack}, deterministically. */
    public static Any pack(Message message) {
        return Any.newBuilder()
                .setTypeUrl(typeUrl(message))
                .setValue(serialize(message))
                .build();
    }

    /** "type.googleapis.com/" and the message's full name. */
    public static String typeUrl(Message message) {
        return TYPE_URL_PREFIX + message.getDescriptorForType().getFullName();
    }

    /** The first 64 bits of SHA-256: equal content, equal hash, on every JVM. */
    public static long hash64(ByteString bytes) {
        return ByteString.copyFrom(sha256(bytes), 0, 8).asReadOnlyByteBuffer().getLong();
    }

    /** The first 32 bits of SHA-256 in 8 hex digits. */
    public static String hash8(ByteString bytes) {
        return HexFormat.of().formatHex(sha256(bytes), 0, 4);
    }

    /** The first 64 bits of SHA-256 in 16 hex digits. */
    public static String hash16(ByteString bytes) {
        return HexFormat.of().formatHex(sha256(bytes), 0, 8);
    }

    private static byte[] sha256(ByteString bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            bytes.asReadOnlyByteBufferList().forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
