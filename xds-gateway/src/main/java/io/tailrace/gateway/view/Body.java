package io.tailrace.gateway.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An Envoy resource as it goes over the wire, serialized once for the whole gateway and never parsed (XDS.md, rule 26).
 * A field `resources` of a DiscoveryResponse (an Any) and the field `resource` inside of a delta Resource have the same
 * number and so the same bytes: the delta form is a head of its own and then those bytes.
 */
public final class Body {
    private static final int ANY_TYPE_URL = 1;
    private static final int ANY_VALUE = 2;
    private static final int RESOURCES = 2;
    private static final int RESOURCE_VERSION = 1;
    private static final int RESOURCE_NAME = 3;
    private static final int RESOURCE_ALIASES = 4;

    private final String typeUrl;
    private final String name;
    private final String version;
    private final String hash;
    private final long fingerprint;
    private final List<ResourceName> refs;
    private final boolean raw;
    private final byte[] sotw;
    private final byte[] deltaHead;

    private Body(
            String typeUrl,
            String name,
            String version,
            List<ResourceName> refs,
            boolean raw,
            byte[] sotw,
            List<String> aliases) {
        this.typeUrl = typeUrl;
        this.name = name;
        this.version = version;
        this.hash = hashOf(version);
        this.fingerprint = fingerprint(name, hash);
        this.refs = refs;
        this.raw = raw;
        this.sotw = sotw;
        this.deltaHead = deltaHead(name, version, aliases, sotw.length);
    }

    /** `resource` is the message itself (an Any's value); `version` ends in "-" and a hash of it. */
    public static Body of(
            ResourceName name, String version, ByteString resource, List<ResourceName> refs, boolean raw) {
        byte[] any = sotwForm(name.typeUrl(), resource);
        return new Body(name.typeUrl(), name.name(), version, List.copyOf(refs), raw, any, List.of());
    }

    /** The same resource, told in delta with the other names that it may be asked for by. */
    Body withAliases(List<String> aliases) {
        return new Body(typeUrl, name, version, refs, raw, sotw, aliases);
    }

    /** The content hash at a version's end; a version that isn't ours is its own hash. */
    public static String hashOf(String version) {
        return version.substring(version.lastIndexOf('-') + 1);
    }

    public String typeUrl() {
        return typeUrl;
    }

    public String name() {
        return name;
    }

    public ResourceName resource() {
        return new ResourceName(typeUrl, name);
    }

    public String version() {
        return version;
    }

    /** Equal hashes are equal content, whatever the positions. */
    public String hash() {
        return hash;
    }

    public boolean sameContent(Body other) {
        return hash.equals(other.hash);
    }

    /** A number for name and content; sums of them tell sets of resources apart, the same on every gateway. */
    public long fingerprint() {
        return fingerprint;
    }

    /** What a node needs before this, or with it. */
    public List<ResourceName> refs() {
        return refs;
    }

    /** The refs come from a raw EnvoyResource. */
    public boolean raw() {
        return raw;
    }

    /** Bytes that this takes in a response. */
    public int size(boolean delta) {
        return delta ? deltaHead.length + sotw.length : sotw.length;
    }

    /** Writes the field `resources` of a response, tag and length included. */
    public void writeTo(OutputStream out, boolean delta) throws IOException {
        if (delta) {
            out.write(deltaHead);
        }
        out.write(sotw);
    }

    private static byte[] sotwForm(String typeUrl, ByteString value) {
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

    private static byte[] deltaHead(String name, String version, List<String> aliases, int rest) {
        int own = CodedOutputStream.computeStringSize(RESOURCE_VERSION, version)
                + CodedOutputStream.computeStringSize(RESOURCE_NAME, name)
                + aliases.stream()
                        .mapToInt(alias -> CodedOutputStream.computeStringSize(RESOURCE_ALIASES, alias))
                        .sum();
        int prefix = CodedOutputStream.computeTagSize(RESOURCES) + CodedOutputStream.computeUInt32SizeNoTag(own + rest);
        return write(new byte[prefix + own], out -> {
            out.writeTag(RESOURCES, 2);
            out.writeUInt32NoTag(own + rest);
            out.writeString(RESOURCE_VERSION, version);
            out.writeString(RESOURCE_NAME, name);
            for (String alias : aliases) {
                out.writeString(RESOURCE_ALIASES, alias);
            }
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

    /** FNV-1a over name and hash, and a last mixing (that of SplitMix64), so that sums of them don't cancel out. */
    private static long fingerprint(String name, String hash) {
        long h = 0xcbf29ce484222325L;
        for (byte b : (name + '\n' + hash).getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
