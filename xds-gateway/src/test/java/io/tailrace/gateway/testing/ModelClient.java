package io.tailrace.gateway.testing;

import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One type as an Envoy keeps it: it takes responses late, one by one, applies what it accepts, and drops what it no longer
 * wants, or what has a ttl and wasn't refreshed. A heartbeat for what it hasn't it rejects, whole. What it sends in between
 * carries the nonce of the response that it answered last. It outlives its stream.
 */
public final class ModelClient {
    private record Lease(String version, long untilMs) {}

    private final Wire wire;
    private final String typeUrl;
    private final boolean delta;
    private final boolean whole;
    private final Deque<Answer> inbox = new ArrayDeque<>();
    private final Map<String, Answer.Piece> held = new TreeMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Set<String> names = new TreeSet<>();
    private boolean asked;
    private boolean wildcard;
    private String nonce = "";
    private String version = "";

    /** Where its requests go, and its time. */
    public interface Wire {
        /** Returns what comes of it at once. */
        List<Answer> send(String typeUrl, String nonce, @Nullable String error, Request.Names names);

        long nowMs();
    }

    /** A response that was applied: what was new in it, by content, and which names went with it. It is to be answered. */
    public record Taken(Answer answer, boolean rejected, List<Answer.Piece> brought, Set<String> gone) {}

    public ModelClient(Wire wire, Variant variant, String typeUrl) {
        this.wire = wire;
        this.typeUrl = typeUrl;
        this.delta = variant == Variant.DELTA;
        this.whole = !delta && (typeUrl.equals(Types.CLUSTER) || typeUrl.equals(Types.LISTENER));
    }

    public void came(Answer answer) {
        inbox.add(answer);
    }

    public boolean hasMail() {
        return !inbox.isEmpty();
    }

    /** The oldest response has something that it lacks. */
    public boolean hasNews() {
        return !inbox.isEmpty()
                && inbox.element().resources().stream().anyMatch(piece -> {
                    Answer.Piece old = held.get(piece.name());
                    return old == null || !old.content().equals(piece.content());
                });
    }

    public boolean wants(String name) {
        return wildcard || names.contains(name);
    }

    public boolean isWildcard() {
        return wildcard;
    }

    /** By name and content, what it has. */
    public Map<String, String> held() {
        expire();
        Map<String, String> contents = new TreeMap<>();
        held.forEach((name, piece) -> contents.put(name, piece.content()));
        return contents;
    }

    private void expire() {
        leases.entrySet().removeIf(lease -> {
            boolean over = lease.getValue().untilMs <= wire.nowMs();
            if (over) {
                held.remove(lease.getKey());
            }
            return over || !held.containsKey(lease.getKey());
        });
    }

    /** By name, what it has. */
    public Map<String, Answer.Piece> pieces() {
        return held;
    }

    public List<Answer> wildcard() {
        asked = true;
        wildcard = true;
        return delta
                ? send("", new Request.Delta(List.of(), List.of(), Map.of()))
                : send("", new Request.Sotw("", List.of()));
    }

    public List<Answer> subscribe(Set<String> more) {
        asked = true;
        if (!delta) {
            wildcard = false; // Unless named, too: this client names it or has it, never both.
        }
        names.addAll(more);
        drop();
        return delta ? send("", new Request.Delta(List.copyOf(more), List.of(), Map.of())) : send(nonce, sotw());
    }

    public List<Answer> unsubscribe(Set<String> less) {
        names.removeAll(less);
        drop();
        return delta ? send("", new Request.Delta(List.of(), List.copyOf(less), Map.of())) : send(nonce, sotw());
    }

    /** On a new stream: it says what it wants, and what it has. What was on its way is lost. */
    public void reconnect() {
        inbox.clear();
        nonce = "";
        if (!wildcard && names.isEmpty()) {
            asked = false; // It would be taken for the legacy wildcard.
            version = "";
        }
        if (asked) {
            send("", delta ? new Request.Delta(subscribed(), List.of(), versions()) : sotw());
        }
    }

    /** By name. */
    public Set<String> subscriptions() {
        return names;
    }

    private List<String> subscribed() {
        List<String> all = new ArrayList<>(names);
        if (wildcard && !names.isEmpty()) {
            all.add("*");
        }
        return all;
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        held.forEach((name, piece) -> versions.put(name, piece.version()));
        return versions;
    }

    public boolean isAsked() {
        return asked;
    }

    public boolean names() {
        return !names.isEmpty();
    }

    /** Takes the oldest response and acks it. */
    public List<Answer> ack() {
        return answer(take(piece -> false, Set.of()));
    }

    /** Takes the oldest response and rejects it, though it keeps some of it, as Envoy does. */
    public List<Answer> nack(Set<String> kept) {
        expire();
        Answer answer = inbox.removeFirst();
        return answer(answer.isHeartbeat() ? new Taken(answer, true, List.of(), Set.of()) : apply(answer, kept, true));
    }

    /** Takes the oldest response, and rejects it if some of it is bad; of that it may keep what is good. */
    public List<Answer> judge(Predicate<Answer.Piece> bad, Set<String> kept) {
        return answer(take(bad, kept));
    }

    /** As {@link #judge}, to be answered later. */
    public Taken take(Predicate<Answer.Piece> bad, Set<String> kept) {
        expire();
        Answer answer = inbox.removeFirst();
        if (answer.isHeartbeat()) {
            return heartbeat(answer);
        }
        boolean rejected = answer.resources().stream().anyMatch(bad);
        Set<String> accepted = new HashSet<>(rejected ? kept : answer.names());
        answer.resources().stream().filter(bad).map(Answer.Piece::name).forEach(accepted::remove);
        return apply(answer, accepted, rejected);
    }

    private Taken heartbeat(Answer answer) {
        boolean known = answer.resources().stream().allMatch(piece -> {
            Lease lease = leases.get(piece.name());
            return lease != null && lease.version.equals(piece.version());
        });
        if (known) {
            answer.resources().forEach(this::lease);
        }
        return new Taken(answer, !known, List.of(), Set.of());
    }

    private void lease(Answer.Piece piece) {
        if (piece.ttlMs() > 0) {
            leases.put(piece.name(), new Lease(piece.version(), wire.nowMs() + piece.ttlMs()));
        } else {
            leases.remove(piece.name());
        }
    }

    private Taken apply(Answer answer, Set<String> accepted, boolean rejected) {
        Map<String, Answer.Piece> before = new HashMap<>(held);
        if (!rejected) {
            version = answer.version(); // It has it, though it may say so later.
        }
        if (whole) {
            held.keySet().retainAll(answer.names());
        }
        List<Answer.Piece> brought = new ArrayList<>();
        for (Answer.Piece piece : answer.resources()) {
            if (accepted.contains(piece.name()) && wants(piece.name())) {
                held.put(piece.name(), piece);
                lease(piece);
                Answer.Piece old = before.get(piece.name());
                if (old == null || !old.content().equals(piece.content())) {
                    brought.add(piece);
                }
            }
        }
        answer.removed().forEach(held::remove);
        drop();
        before.keySet().removeAll(held.keySet());
        return new Taken(answer, rejected, brought, before.keySet());
    }

    /** It says nothing but what is there already. */
    public boolean knows(Answer answer) {
        Map<String, String> says = new TreeMap<>();
        answer.resources().forEach(piece -> says.put(piece.name(), piece.content()));
        Map<String, String> has = held();
        return answer.isHeartbeat()
                || (whole
                        ? says.equals(has)
                        : has.entrySet().containsAll(says.entrySet())
                                && answer.removed().stream().noneMatch(has::containsKey));
    }

    private void drop() {
        held.keySet().removeIf(name -> !wants(name));
    }

    public List<Answer> answer(Taken taken) {
        nonce = taken.answer().nonce();
        Request.Names again = delta ? new Request.Delta(List.of(), List.of(), Map.of()) : sotw();
        return wire.send(typeUrl, nonce, taken.rejected() ? "rejected" : null, again);
    }

    private Request.Sotw sotw() {
        return new Request.Sotw(version, wildcard ? List.of() : new ArrayList<>(names));
    }

    private List<Answer> send(String withNonce, Request.Names request) {
        return wire.send(typeUrl, withNonce, null, request);
    }
}
