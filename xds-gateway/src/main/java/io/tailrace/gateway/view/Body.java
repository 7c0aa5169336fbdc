package io.tailrace.gateway.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An Envoy resource as it goes over the wire, serialized once for the whole gateway and never parsed (XDS.md, rule 26).
 * A field `resources` of a DiscoveryResponse (an Any) and the field `resource` inside of a delta Resource have the same
 * number and so the same bytes: the delta form is a head of its own and then those bytes. With a ttl so is SotW's form, since
 * a Resource then stands packed in the Any (rule 28).
 */
public final class Body {
    private static final byte[] NOTHING = {};

    private final String typeUrl;
    private final String name;
    private final String version;
    private final String hash;
    private final long fingerprint;
    private final List<ResourceName> refs;
    private final boolean raw;
    private final byte[] sotw;
    private final byte[] sotwHead;
    private final byte[] deltaHead;
    private final @Nullable Timed timed;

    /** The other forms of what has a ttl. */
    private record Timed(long ttlMs, Body plain, Body heartbeat) {}

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
        this.fingerprint = Fingerprint.of(name, hash);
        this.refs = refs;
        this.raw = raw;
        this.sotw = sotw;
        this.sotwHead = NOTHING;
        this.deltaHead = BodyBytes.deltaHead(name, version, aliases, Duration.getDefaultInstance(), sotw.length);
        this.timed = null;
    }

    /** The same with a ttl. `bytes`: those of the resource, or none for a heartbeat. */
    private Body(Body plain, List<String> aliases, long ttlMs, byte[] bytes) {
        Duration ttl = Durations.fromMillis(ttlMs);
        this.typeUrl = plain.typeUrl;
        this.name = plain.name;
        this.version = plain.version;
        this.hash = plain.hash;
        this.fingerprint = plain.fingerprint;
        this.refs = plain.refs;
        this.raw = plain.raw;
        this.sotw = bytes;
        this.sotwHead = BodyBytes.sotwHead(name, version, ttl, bytes.length);
        this.deltaHead = BodyBytes.deltaHead(name, version, aliases, ttl, bytes.length);
        this.timed = bytes.length == 0 ? null : new Timed(ttlMs, plain, new Body(plain, List.of(), ttlMs, NOTHING));
    }

    /** `resource` is the message itself (an Any's value); `version` ends in "-" and a hash of it. */
    public static Body of(
            ResourceName name, String version, ByteString resource, List<ResourceName> refs, boolean raw) {
        byte[] any = BodyBytes.sotw(name.typeUrl(), resource);
        return new Body(name.typeUrl(), name.name(), version, List.copyOf(refs), raw, any, List.of());
    }

    /** The same resource, told in delta with the other names that it may be asked for by. */
    Body withAliases(List<String> aliases) {
        Body plain = new Body(typeUrl, name, version, refs, raw, sotw, aliases);
        return timed == null ? plain : new Body(plain, aliases, timed.ttlMs, sotw);
    }

    /** The same, which a client drops that hasn't heard of it for so long; 0: it keeps it. */
    public Body withTtl(long ms) {
        return ms == 0 ? this : new Body(this, List.of(), ms, sotw);
    }

    /** In milliseconds; 0: it has none. */
    public long ttlMs() {
        return timed == null ? 0 : timed.ttlMs;
    }

    /** For a client that takes no ttls. */
    public Body plain() {
        return timed == null ? this : timed.plain;
    }

    /** Of one with a ttl: its name, version and ttl, which refresh what a delta client has at this version. */
    public Body heartbeat() {
        return Objects.requireNonNull(timed, "a resource without a ttl has no heartbeats").heartbeat;
    }

    public boolean isHeartbeat() {
        return sotw.length == 0;
    }

    /** The content hash at a version's end; a version that isn't ours is its own hash. */
    public static String hashOf(String version) {
        return version.substring(version.lastIndexOf('-') + 1);
    }

    /** Whether it has the content that this version names. */
    public boolean hasHashOf(String version) {
        int rest = version.length() - hash.length();
        return version.endsWith(hash) && (rest == 0 || version.charAt(rest - 1) == '-');
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

    /** Of name and content. */
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
        return head(delta).length + sotw.length;
    }

    private byte[] head(boolean delta) {
        return delta ? deltaHead : sotwHead;
    }

    /** Writes the field `resources` of a response, tag and length included. */
    public void writeTo(OutputStream out, boolean delta) throws IOException {
        byte[] head = head(delta);
        if (head.length > 0) {
            out.write(head);
        }
        if (sotw.length > 0) {
            out.write(sotw);
        }
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
