package io.tailrace.gateway.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The bytes of a {@link Body}, by the field numbers of discovery.proto: no message is made of what was serialized before. */
final class BodyBytes {
    private static final int ANY_TYPE_URL = 1;
    private static final int ANY_VALUE = 2;
    private static final int RESOURCES = 2;
    private static final int RESOURCE_VERSION = 1;
    private static final int RESOURCE_NAME = 3;
    private static final int RESOURCE_ALIASES = 4;
    private static final int RESOURCE_TTL = 6;
    private static final String WRAPPER = "type.googleapis.com/envoy.service.discovery.v3.Resource";

    private BodyBytes() {}

    /** The field `resources` of a response in state of the world. */
    static byte[] sotw(String typeUrl, ByteString value) {
        int size = CodedOutputStream.computeStringSize(ANY_TYPE_URL, typeUrl)
                + CodedOutputStream.computeBytesSize(ANY_VALUE, value);
        byte[] bytes = new byte
                [CodedOutputStream.computeTagSize(RESOURCES) + CodedOutputStream.computeUInt32SizeNoTag(size) + size];
        return write(bytes, out -> {
            out.writeTag(RESOURCES, 2);
            out.writeUInt32NoTag(size);
            out.writeString(ANY_TYPE_URL, typeUrl);
            out.writeBytes(ANY_VALUE, value);
        });
    }

    /** Of the field `resources` of a delta response, up to the field `resource` in it. `ttl`: the default one says none. */
    static byte[] deltaHead(String name, String version, List<String> aliases, Duration ttl, int rest) {
        boolean timed = !ttl.equals(Duration.getDefaultInstance());
        int own = CodedOutputStream.computeStringSize(RESOURCE_VERSION, version)
                + CodedOutputStream.computeStringSize(RESOURCE_NAME, name)
                + aliases.stream()
                        .mapToInt(alias -> CodedOutputStream.computeStringSize(RESOURCE_ALIASES, alias))
                        .sum()
                + (timed ? CodedOutputStream.computeMessageSize(RESOURCE_TTL, ttl) : 0);
        int prefix = CodedOutputStream.computeTagSize(RESOURCES) + CodedOutputStream.computeUInt32SizeNoTag(own + rest);
        return write(new byte[prefix + own], out -> {
            out.writeTag(RESOURCES, 2);
            out.writeUInt32NoTag(own + rest);
            out.writeString(RESOURCE_VERSION, version);
            out.writeString(RESOURCE_NAME, name);
            for (String alias : aliases) {
                out.writeString(RESOURCE_ALIASES, alias);
            }
            if (timed) {
                out.writeMessage(RESOURCE_TTL, ttl);
            }
        });
    }

    /** Up to the field `resource` of a Resource that stands packed in an Any in the field `resources`. */
    static byte[] sotwHead(String name, String version, Duration ttl, int rest) {
        int own = CodedOutputStream.computeStringSize(RESOURCE_VERSION, version)
                + CodedOutputStream.computeStringSize(RESOURCE_NAME, name)
                + CodedOutputStream.computeMessageSize(RESOURCE_TTL, ttl);
        int wrapper = CodedOutputStream.computeStringSize(ANY_TYPE_URL, WRAPPER)
                + CodedOutputStream.computeTagSize(ANY_VALUE)
                + CodedOutputStream.computeUInt32SizeNoTag(own + rest)
                + own;
        int prefix =
                CodedOutputStream.computeTagSize(RESOURCES) + CodedOutputStream.computeUInt32SizeNoTag(wrapper + rest);
        return write(new byte[prefix + wrapper], out -> {
            out.writeTag(RESOURCES, 2);
            out.writeUInt32NoTag(wrapper + rest);
            out.writeString(ANY_TYPE_URL, WRAPPER);
            out.writeTag(ANY_VALUE, 2);
            out.writeUInt32NoTag(own + rest);
            out.writeString(RESOURCE_VERSION, version);
            out.writeString(RESOURCE_NAME, name);
            out.writeMessage(RESOURCE_TTL, ttl);
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(byte[] bytes, Fields fields) {
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array can't fail", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }
}
