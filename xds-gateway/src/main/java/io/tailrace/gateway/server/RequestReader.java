package io.tailrace.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import io.grpc.KnownLength;
import io.tailrace.gateway.stream.NameList;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of DiscoveryRequest and DeltaDiscoveryRequest that matter, by their numbers, and skips the rest: an ACK
 * is read without making a message of it.
 */
final class RequestReader {
    private final Variant variant;
    private final byte[] message;
    private final CodedInputStream in;
    private final AsciiNames.Scan list = new AsciiNames.Scan();
    private @Nullable Node node;
    private String typeUrl = "";
    private String nonce = "";
    private String version = "";
    private @Nullable String error;
    private List<String> names = List.of();
    private List<String> unsubscribed = List.of();
    private Map<String, String> versions = Map.of();

    private RequestReader(Variant variant, byte[] message) {
        this.variant = variant;
        this.message = message;
        this.in = CodedInputStream.newInstance(message);
    }

    static Incoming read(Variant variant, InputStream stream) {
        try {
            return new RequestReader(variant, bytes(stream)).read();
        } catch (IOException e) {
            return new Incoming.Broken("the message isn't a discovery request: " + e.getMessage());
        }
    }

    /** InputStream's own methods gather parts of a size that they choose, and copy them. */
    private static byte[] bytes(InputStream stream) throws IOException {
        if (!(stream instanceof KnownLength)) {
            return stream.readAllBytes();
        }
        byte[] message = new byte[stream.available()];
        int read = stream.readNBytes(message, 0, message.length);
        return read == message.length ? message : Arrays.copyOf(message, read);
    }

    private Incoming read() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean known = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    && (variant == Variant.SOTW
                            ? sotw(WireFormat.getTagFieldNumber(tag))
                            : delta(WireFormat.getTagFieldNumber(tag)));
            if (!known && !in.skipField(tag)) {
                return new Incoming.Broken("the message isn't a discovery request: a group ends that never began");
            }
        }
        return new Incoming.Good(new Request(node, typeUrl, nonce, error, wanted()));
    }

    private Request.Names wanted() throws IOException {
        if (variant == Variant.DELTA) {
            return new Request.Delta(names, unsubscribed, versions);
        }
        return new Request.Sotw(version, list.isAscii() ? list.in(message) : NameList.of(AsciiNames.readUtf8(message)));
    }

    private void listed() throws IOException {
        int length = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        in.skipRawBytes(length);
        list.name(message, from, length);
    }

    private boolean sotw(int field) throws IOException {
        switch (field) {
            case 1 -> version = in.readStringRequireUtf8();
            case 2 -> node = NodeReader.read(in.readBytes());
            case AsciiNames.FIELD -> listed();
            case 4 -> typeUrl = in.readStringRequireUtf8();
            case 5 -> nonce = in.readStringRequireUtf8();
            case 6 -> error = message(in.readBytes());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean delta(int field) throws IOException {
        switch (field) {
            case 1 -> node = NodeReader.read(in.readBytes());
            case 2 -> typeUrl = in.readStringRequireUtf8();
            case 3 -> names = with(names, in.readStringRequireUtf8());
            case 4 -> unsubscribed = with(unsubscribed, in.readStringRequireUtf8());
            case 5 -> version();
            case 6 -> nonce = in.readStringRequireUtf8();
            case 7 -> error = message(in.readBytes());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** An ACK has none: it shall not pay for a list. */
    private static List<String> with(List<String> all, String name) {
        List<String> some = all.isEmpty() ? new ArrayList<>() : all;
        some.add(name);
        return some;
    }

    /** An entry of the map `initial_resource_versions`. */
    private void version() throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (1 << 3)) {
                name = in.readStringRequireUtf8();
            } else if (tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (2 << 3)) {
                value = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
        if (versions.isEmpty()) {
            versions = new HashMap<>();
        }
        versions.put(name, value);
    }

    private static String message(ByteString status) throws IOException {
        return Status.parseFrom(status, ExtensionRegistryLite.getEmptyRegistry())
                .getMessage();
    }
}
