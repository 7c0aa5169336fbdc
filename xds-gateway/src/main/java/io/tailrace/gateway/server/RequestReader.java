package io.tailrace.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of DiscoveryRequest and DeltaDiscoveryRequest that matter, by their numbers, and skips the rest: an ACK
 * is read without making a message of it.
 */
final class RequestReader {
    private static final int LARGEST_BUFFER = 4096;

    private final Variant variant;
    private @Nullable Node node;
    private String typeUrl = "";
    private String nonce = "";
    private String version = "";
    private @Nullable String error;
    private final List<String> names = new ArrayList<>();
    private final List<String> unsubscribed = new ArrayList<>();
    private final Map<String, String> versions = new HashMap<>();

    private RequestReader(Variant variant) {
        this.variant = variant;
    }

    static Incoming read(Variant variant, InputStream stream) {
        RequestReader reader = new RequestReader(variant);
        try {
            // An ACK is short, and its buffer would be most of what its reading allocates.
            CodedInputStream in =
                    CodedInputStream.newInstance(stream, Math.clamp(stream.available(), 64, LARGEST_BUFFER));
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                boolean known = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                        && (variant == Variant.SOTW
                                ? reader.sotw(WireFormat.getTagFieldNumber(tag), in)
                                : reader.delta(WireFormat.getTagFieldNumber(tag), in));
                if (!known && !in.skipField(tag)) {
                    return new Incoming.Broken("the message isn't a discovery request: a group ends that never began");
                }
            }
        } catch (IOException e) {
            return new Incoming.Broken("the message isn't a discovery request: " + e.getMessage());
        }
        return new Incoming.Good(reader.request());
    }

    private Request request() {
        Request.Names wanted = variant == Variant.SOTW
                ? new Request.Sotw(version, names)
                : new Request.Delta(names, unsubscribed, versions);
        return new Request(node, typeUrl, nonce, error, wanted);
    }

    private boolean sotw(int field, CodedInputStream in) throws IOException {
        switch (field) {
            case 1 -> version = in.readStringRequireUtf8();
            case 2 -> node = NodeReader.read(in.readBytes());
            case 3 -> names.add(in.readStringRequireUtf8());
            case 4 -> typeUrl = in.readStringRequireUtf8();
            case 5 -> nonce = in.readStringRequireUtf8();
            case 6 -> error = message(in.readBytes());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean delta(int field, CodedInputStream in) throws IOException {
        switch (field) {
            case 1 -> node = NodeReader.read(in.readBytes());
            case 2 -> typeUrl = in.readStringRequireUtf8();
            case 3 -> names.add(in.readStringRequireUtf8());
            case 4 -> unsubscribed.add(in.readStringRequireUtf8());
            case 5 -> version(in.readBytes().newCodedInput());
            case 6 -> nonce = in.readStringRequireUtf8();
            case 7 -> error = message(in.readBytes());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** An entry of the map `initial_resource_versions`. */
    private void version(CodedInputStream in) throws IOException {
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
        versions.put(name, value);
    }

    private static String message(ByteString status) throws IOException {
        return Status.parseFrom(status, ExtensionRegistryLite.getEmptyRegistry())
                .getMessage();
    }
}
