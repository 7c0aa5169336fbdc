package io.tailrace.bench.wire;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.netty.buffer.ByteBuf;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.gateway.stream.Variant;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Reads of a DiscoveryResponse or DeltaDiscoveryResponse what a client has to know: version, nonce, and of each resource
 * its name, the edition that it is, and a hash of its bytes. One instance serves all streams of a thread, and allocates
 * nothing.
 */
public final class ResponseReader {
    // A DeltaDiscoveryResponse has the same numbers.
    private static final int VERSION = DiscoveryResponse.VERSION_INFO_FIELD_NUMBER;
    private static final int RESOURCES = DiscoveryResponse.RESOURCES_FIELD_NUMBER;
    private static final int NONCE = DiscoveryResponse.NONCE_FIELD_NUMBER;
    private static final int ANY_VALUE = Any.VALUE_FIELD_NUMBER;
    private static final int DELTA_RESOURCE = Resource.RESOURCE_FIELD_NUMBER;
    private static final int DELTA_VERSION = Resource.VERSION_FIELD_NUMBER;
    private static final int NAME_OF_ASSIGNMENT = ClusterLoadAssignment.CLUSTER_NAME_FIELD_NUMBER;

    /** From a load assignment to the port of its first endpoint, which says the edition. */
    private static final int[] TO_PORT = {
        ClusterLoadAssignment.ENDPOINTS_FIELD_NUMBER,
        LocalityLbEndpoints.LB_ENDPOINTS_FIELD_NUMBER,
        LbEndpoint.ENDPOINT_FIELD_NUMBER,
        Endpoint.ADDRESS_FIELD_NUMBER,
        Address.SOCKET_ADDRESS_FIELD_NUMBER,
        SocketAddress.PORT_VALUE_FIELD_NUMBER
    };

    private final boolean delta;
    private final CRC32C crc = new CRC32C();
    private final Fields fields = new Fields();

    private int version;
    private int versionLength;
    private int nonce;
    private int nonceLength;
    private int resourceVersion;
    private int resourceVersionLength;
    private long resourceBytes;

    /** Hears of each resource of a response. */
    public interface Resources {
        void had(int name, int edition, int hash);
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
            int field = fields.next(message, at);
            at = fields.end();
            switch (field) {
                case VERSION -> {
                    version = fields.at();
                    versionLength = fields.length();
                }
                case NONCE -> {
                    nonce = fields.at();
                    nonceLength = fields.length();
                }
                case RESOURCES -> resource(message, resources);
                default -> {}
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

    /** The version of the resource that is being told of; in delta. */
    public String resourceVersion(ByteBuf message) {
        return message.toString(resourceVersion, resourceVersionLength, StandardCharsets.UTF_8);
    }

    /** Bytes of all resources so far, without what they are wrapped in. */
    public long resourceBytes() {
        return resourceBytes;
    }

    private void resource(ByteBuf message, Resources resources) {
        if (delta) {
            int at = fields.at();
            int length = fields.length();
            fields.enter(message, DELTA_VERSION);
            resourceVersion = fields.at();
            resourceVersionLength = fields.length();
            fields.goTo(at, length);
            fields.enter(message, DELTA_RESOURCE);
        }
        fields.enter(message, ANY_VALUE);
        int body = fields.at();
        int length = fields.length();
        resourceBytes += length;
        crc.reset();
        if (length > 0) {
            crc.update(message.internalNioBuffer(body, length));
        }
        fields.enter(message, NAME_OF_ASSIGNMENT);
        int name = Names.numberOf(message, fields.at());
        fields.goTo(body, length);
        resources.had(name, edition(message), (int) crc.getValue());
    }

    /** -1: it has no endpoints. */
    private int edition(ByteBuf message) {
        for (int field : TO_PORT) {
            if (!fields.find(message, field)) {
                return -1;
            }
        }
        return fields.number(message) - Edition.FIRST_PORT;
    }
}
