package io.tailrace.gateway.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import com.google.rpc.Status;
import io.tailrace.gateway.stream.NameList;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.stream.VersionList;
import io.tailrace.gateway.view.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one DiscoveryRequest or DeltaDiscoveryRequest that matter, by their numbers; the rest is skipped: an ACK is
 * read without making a message of it.
 */
final class RequestFields {
    private final Variant variant;
    private final byte[] message;
    private final int length;
    private final CodedInputStream in;
    private final RecentLists recent;
    private final AsciiNames.Scan scan = new AsciiNames.Scan();
    private @Nullable AsciiNames known;
    private int listFrom = -1;
    private int listEnd = -1;
    private boolean scattered;
    private @Nullable Node node;
    private String typeUrl = "";
    private String nonce = "";
    private String version = "";
    private @Nullable String error;
    private List<String> unsubscribed = List.of();
    private VersionList versions = VersionList.NONE;
    /** All versions, if some don't come as everybody's do. */
    private Map<String, String> strange = Map.of();

    /** Nothing of the array is kept. */
    RequestFields(Variant variant, byte[] message, int length, RecentLists recent) {
        this.variant = variant;
        this.message = message;
        this.length = length;
        this.recent = recent;
        this.in = CodedInputStream.newInstance(message, 0, length);
    }

    Incoming read() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean matters = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    && (variant == Variant.SOTW
                            ? sotw(WireFormat.getTagFieldNumber(tag))
                            : delta(WireFormat.getTagFieldNumber(tag)));
            if (!matters && !in.skipField(tag)) {
                return new Incoming.Broken("the message isn't a discovery request: a group ends that never began");
            }
        }
        return new Incoming.Good(new Request(node, typeUrl, nonce, error, wanted()));
    }

    private Request.Names wanted() throws IOException {
        return variant == Variant.DELTA
                ? new Request.Delta(
                        list().names(), unsubscribed, strange.isEmpty() ? versions : VersionList.of(strange))
                : new Request.Sotw(version, list());
    }

    private NameList list() throws IOException {
        if (listFrom < 0) {
            return AsciiNames.NONE;
        }
        if (scattered || !scan.isAscii()) {
            return NameList.of(AsciiNames.readUtf8(message, length));
        }
        if (known != null) {
            return known;
        }
        AsciiNames list = scan.of(Arrays.copyOfRange(message, listFrom, listEnd));
        recent.add(list);
        return list;
    }

    /** One name of the list, or all of them if they are those of a list that came lately. */
    private void listed() throws IOException {
        int from = in.getTotalBytesRead() - 1;
        scattered |= message[from] != AsciiNames.TAG || (listEnd >= 0 && listEnd != from);
        if (listFrom < 0) {
            listFrom = from;
            known = recent.find(message, from, length);
            if (known != null) {
                listEnd = from + known.bytes();
                in.skipRawBytes(known.bytes() - 1);
                return;
            }
        }
        int size = in.readRawVarint32();
        int at = in.getTotalBytesRead();
        in.skipRawBytes(size);
        scan.name(message, at, size);
        listEnd = at + size;
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
            case AsciiNames.FIELD -> listed();
            case 4 -> unsubscribed = with(unsubscribed, in.readStringRequireUtf8());
            case AsciiVersions.FIELD -> version();
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

    /** An entry of the map `initial_resource_versions`, or all of them. */
    private void version() throws IOException {
        int from = in.getTotalBytesRead() - 1;
        if (versions.size() == 0 && strange.isEmpty() && message[from] == AsciiVersions.TAG) {
            AsciiVersions all = AsciiVersions.at(message, from, length);
            if (all != null) {
                versions = all;
                in.skipRawBytes(all.bytes() - 1);
                return;
            }
        }
        if (strange.isEmpty()) {
            strange = new HashMap<>(versions.byName());
        }
        AsciiVersions.readEntry(in, strange);
    }

    private static String message(ByteString status) throws IOException {
        return Status.parseFrom(status, ExtensionRegistryLite.getEmptyRegistry())
                .getMessage();
    }
}
