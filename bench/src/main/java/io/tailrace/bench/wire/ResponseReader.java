package io.tailrace.bench.wire;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.netty.buffer.ByteBuf;
import io.tailrace.bench.workload.Names;
import io.tailrace.gateway.stream.Variant;
import java.util.zip.CRC32C;

/**
 * Reads of a DiscoveryResponse or DeltaDiscoveryResponse what a client has to know: version, nonce, and of each resource
 * its name and a hash of its bytes. One instance serves all streams of a thread, and allocates nothing.
 */
public final class ResponseReader {
    // A DeltaDiscoveryResponse has the same numbers.
    private static final int VERSION = DiscoveryResponse.VERSION_INFO_FIELD_NUMBER;
    private static final int RESOURCES = DiscoveryResponse.RESOURCES_FIELD_NUMBER;
    private static final int NONCE = DiscoveryResponse.NONCE_FIELD_NUMBER;
    private static final int ANY_VALUE = Any.VALUE_FIELD_NUMBER;
    private static final int DELTA_RESOURCE = Resource.RESOURCE_FIELD_NUMBER;
    private static final int NAME_OF_ASSIGNMENT = ClusterLoadAssignment.CLUSTER_NAME_FIELD_NUMBER;

    private final boolean delta;
    private final CRC32C crc = new CRC32C();
    private int value;
    private int valueLength;

    private int version;
    private int versionLength;
    private int nonce;
    private int nonceLength;

    /** Hears of each resource of a response. */
    public interface Resources {
        void had(int name, int hash);
    }

    public ResponseReader(Variant variant) {
        delta = variant == Variant.DELTA;
    }

    /** The indices that {@link #copyVersion} and {@link #copyNonce} use are of this message. */
    public void read(ByteBuf message, Resources resources) {
        versionLength = 0;
        nonceLength = 0;
        int end = message.writerIndex();
        int at = message.readerIndex();
        while (at < end) {
            int field = next(message, at);
            switch (field) {
                case VERSION -> {
                    version = value;
                    versionLength = valueLength;
                }
                case NONCE -> {
                    nonce = value;
                    nonceLength = valueLength;
                }
                default -> {}
            }
            at = value + valueLength;
            if (field == RESOURCES) {
                resource(message, resources);
            }
        }
    }

    /** Bytes of the version. */
    public int versionLength() {
        return versionLength;
    }

    /** Bytes of the nonce. */
    public int nonceLength() {
        return nonceLength;
    }

    public void copyVersion(ByteBuf message, ByteBuf to) {
        to.writeBytes(message, version, versionLength);
    }

    public void copyNonce(ByteBuf message, ByteBuf to) {
        to.writeBytes(message, nonce, nonceLength);
    }

    private void resource(ByteBuf message, Resources resources) {
        if (delta) {
            enter(message, DELTA_RESOURCE);
        }
        enter(message, ANY_VALUE);
        int body = value;
        int length = valueLength;
        crc.reset();
        if (length > 0) {
            crc.update(message.internalNioBuffer(body, length));
        }
        enter(message, NAME_OF_ASSIGNMENT);
        resources.had(Names.numberOf(message, value, valueLength), (int) crc.getValue());
    }

    /** Goes from a message's bytes to those of one of its fields. */
    private void enter(ByteBuf message, int wanted) {
        int end = value + valueLength;
        int at = value;
        while (at < end) {
            if (next(message, at) == wanted) {
                return;
            }
            at = value + valueLength;
        }
        throw new IllegalArgumentException("a resource without field " + wanted);
    }

    /** Reads the field that begins there; returns its number, and leaves where its value lies. All that is read has a length. */
    private int next(ByteBuf message, int at) {
        int tag = varint(message, at);
        int kind = tag & 7;
        int afterTag = at + varintLength(tag);
        int number = varint(message, afterTag);
        if (kind == 2) {
            value = afterTag + varintLength(number);
            valueLength = number;
        } else if (kind == 0) {
            value = afterTag;
            valueLength = varintLength(number);
        } else {
            throw new IllegalArgumentException("a field of wire type " + kind + " in a response");
        }
        return tag >>> 3;
    }

    private static int varint(ByteBuf message, int at) {
        int result = 0;
        for (int i = 0; i < 5; i++) {
            byte b = message.getByte(at + i);
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
