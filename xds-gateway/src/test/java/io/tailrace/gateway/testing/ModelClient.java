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

/**
 * One type as an Envoy keeps it: it takes responses late, one by one, applies what it accepts, and drops what it no longer
 * wants, or what has a ttl and wasn't refreshed. A heartbeat for what it hasn't it rejects, whole. What it sends in between carries the nonce of the response that it took last.
 */
public final class ModelClient {
    private record Lease(String version, long untilMs) {}

    private final PureClient stream;
    private final String typeUrl;
    private final boolean delta;
    private final boolean whole;
    private final Deque<Answer> inbox = new ArrayDeque<>();
    private final Map<String, String> held = new TreeMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Set<String> names = new TreeSet<>();
    private boolean asked;
    private boolean wildcard;
    private String nonce = "";
    private String version = "";

    public ModelClient(PureClient stream, Variant variant, String typeUrl) {
        this.stream = stream;
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

    public boolean wants(String name) {
        return wildcard || names.contains(name);
    }

    /** By name and content, what it has. */
    public Map<String, String> held() {
        expire();
        return held;
    }

    private void expire() {
        leases.entrySet().removeIf(lease -> {
            boolean over = lease.getValue().untilMs <= stream.nowMs();
            if (over) {
                held.remove(lease.getKey());
            }
            return over || !held.containsKey(lease.getKey());
        });
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

    public boolean isAsked() {
        return asked;
    }

    public boolean names() {
        return !names.isEmpty();
    }

    /** Takes the oldest response and acks it. */
    public List<Answer> ack() {
        expire();
        Answer answer = inbox.removeFirst();
        if (answer.isHeartbeat()) {
            return heartbeat(answer);
        }
        apply(answer, new HashSet<>(answer.names()));
        version = answer.version();
        return answer(answer, null);
    }

    /** Takes the oldest response and rejects it, though it keeps some of it, as Envoy does. */
    public List<Answer> nack(Set<String> kept) {
        expire();
        Answer answer = inbox.removeFirst();
        if (!answer.isHeartbeat()) {
            apply(answer, kept);
        }
        return answer(answer, "rejected");
    }

    private List<Answer> heartbeat(Answer answer) {
        boolean known = answer.resources().stream().allMatch(piece -> {
            Lease lease = leases.get(piece.name());
            return lease != null && lease.version.equals(piece.version());
        });
        if (known) {
            answer.resources().forEach(this::lease);
        }
        return answer(answer, known ? null : "no such resource");
    }

    private void lease(Answer.Piece piece) {
        if (piece.ttlMs() > 0) {
            leases.put(piece.name(), new Lease(piece.version(), stream.nowMs() + piece.ttlMs()));
        } else {
            leases.remove(piece.name());
        }
    }

    /** Takes the oldest response, and rejects it if some of it is bad; of that it may keep what is good. */
    public List<Answer> judge(Predicate<Answer.Piece> bad, Set<String> kept) {
        Answer answer = inbox.element();
        Set<String> good = new HashSet<>(kept);
        answer.resources().stream().filter(bad).map(Answer.Piece::name).forEach(good::remove);
        return answer.resources().stream().anyMatch(bad) ? nack(good) : ack();
    }

    private void apply(Answer answer, Set<String> accepted) {
        if (whole) {
            held.keySet().retainAll(answer.names());
        }
        for (Answer.Piece piece : answer.resources()) {
            if (accepted.contains(piece.name())) {
                held.put(piece.name(), piece.content());
                lease(piece);
            }
        }
        answer.removed().forEach(held::remove);
        drop();
    }

    /** It says nothing but what is there already. */
    public boolean knows(Answer answer) {
        Map<String, String> says = new TreeMap<>();
        answer.resources().forEach(piece -> says.put(piece.name(), piece.content()));
        return answer.isHeartbeat()
                || (whole
                        ? says.equals(held)
                        : held.entrySet().containsAll(says.entrySet())
                                && answer.removed().stream().noneMatch(held::containsKey));
    }

    private void drop() {
        held.keySet().removeIf(name -> !wants(name));
    }

    private List<Answer> answer(Answer answer, @org.jspecify.annotations.Nullable String error) {
        nonce = answer.nonce();
        Request.Names again = delta ? new Request.Delta(List.of(), List.of(), Map.of()) : sotw();
        return stream.send(typeUrl, nonce, error, again);
    }

    private Request.Sotw sotw() {
        return new Request.Sotw(version, wildcard ? List.of() : new ArrayList<>(names));
    }

    private List<Answer> send(String withNonce, Request.Names request) {
        return stream.send(typeUrl, withNonce, null, request);
    }
}
