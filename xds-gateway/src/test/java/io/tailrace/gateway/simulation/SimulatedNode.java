package io.tailrace.gateway.simulation;

import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.ModelClient;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node with what it has, which it keeps from stream to stream. It watches that it never goes back in time (rule 21).
 * What it subscribes to and how it applies what it takes is its kind's.
 */
abstract class SimulatedNode {
    static final List<String> TYPES =
            List.of(Types.CLUSTER, Types.ASSIGNMENT, Types.LISTENER, Types.ROUTE, Types.SECRET);

    final Variant variant;
    final Random random;
    private final Node node;
    private final SimulatedLog log;
    private final boolean critical;
    private final Map<String, ModelClient> types = new LinkedHashMap<>();
    private final ModelClient.Wire wire = new Wire();
    /** The types of what came, in its order. */
    final Deque<String> arrived = new ArrayDeque<>();

    private @Nullable SimulatedStream stream;
    private @Nullable Node unsaid;
    private boolean easy;

    /** `critical`: it rejects what is bad. */
    SimulatedNode(Node node, Variant variant, boolean critical, SimulatedLog log, Random random) {
        this.node = node;
        this.variant = variant;
        this.critical = critical;
        this.log = log;
        this.random = random;
    }

    /** Which contents are bad: an eighth of all. */
    static boolean isBad(String content) {
        return content.charAt(0) < '2';
    }

    /** What the node does by itself: takes what came, or asks for something. */
    abstract void act();

    /** Takes what came, and does what it does not do by chance. Whether there was anything. */
    abstract boolean settle();

    /** What is wrong with it, all being quiet. */
    abstract void checkAtRest();

    abstract void connected();

    final ModelClient type(String typeUrl) {
        return types.computeIfAbsent(typeUrl, url -> new ModelClient(wire, variant, url));
    }

    private final class Wire implements ModelClient.Wire {
        @Override
        public List<Answer> send(String typeUrl, String nonce, @Nullable String error, Request.Names names) {
            if (stream != null) {
                stream.ask(new Request(unsaid, typeUrl, nonce, error, names));
                unsaid = null;
            }
            return List.of();
        }

        /** Nothing of what it takes has a ttl. */
        @Override
        public long nowMs() {
            return 0;
        }
    }

    final void connect(SimulatedGateway gateway) {
        stream = gateway.accept(variant);
        unsaid = node;
        arrived.clear();
        types.values().forEach(ModelClient::reconnect);
        connected();
    }

    final boolean isConnected() {
        return stream != null && stream.isOpen();
    }

    final void disconnect() {
        if (stream != null) {
            stream.end();
        }
    }

    final @Nullable SimulatedStream stream() {
        return stream;
    }

    final boolean isCritical() {
        return critical;
    }

    /** The oldest message on the wire comes in, of this node or to the gateway. Whether there was one. */
    final boolean wire(boolean up) {
        SimulatedStream open = stream;
        if (open == null || !open.isOpen()) {
            return false;
        }
        if (up) {
            return open.deliver();
        }
        Answer answer = open.receive();
        if (answer != null) {
            ModelClient type = types.get(answer.typeUrl());
            demand(type != null, "a type that it never asked for: " + answer.typeUrl());
            if (type != null) {
                type.came(answer);
                arrived.add(answer.typeUrl());
            }
        }
        return answer != null;
    }

    final boolean isQuiet() {
        return stream == null || stream.isSilent();
    }

    /** All contents are good from now on. */
    final void beEasy() {
        easy = true;
    }

    /** Takes the oldest response of a type, but doesn't answer it yet. */
    final ModelClient.Taken take(ModelClient type, String typeUrl) {
        Map<String, Answer.Piece> before = Map.copyOf(type.pieces());
        ModelClient.Taken taken =
                type.take(piece -> critical && !easy && isBad(piece.content()), critical ? kept(type) : Set.of());
        if (!critical) {
            taken.brought().forEach(piece -> forward(typeUrl, before.get(piece.name()), piece));
            taken.gone().forEach(name -> rightlyGone(typeUrl, name, before.get(name)));
        }
        return taken;
    }

    private Set<String> kept(ModelClient type) {
        Set<String> kept = new TreeSet<>();
        for (String name : type.held().keySet()) {
            if (random.nextBoolean()) {
                kept.add(name);
            }
        }
        return kept;
    }

    private void forward(String typeUrl, Answer.@Nullable Piece old, Answer.Piece piece) {
        SimulatedLog.Written now = log.written(typeUrl, piece);
        if (old != null) {
            SimulatedLog.Written before = log.written(typeUrl, old);
            demand(
                    !before.scope().equals(now.scope()) || before.position() <= now.position(),
                    "it goes back in time: " + typeUrl + " " + old + " -> " + piece);
        }
    }

    /** Load assignments go with the last cluster; in SotW, clusters that have left may be given to take them away in order. */
    private void rightlyGone(String typeUrl, String name, Answer.@Nullable Piece old) {
        boolean departs = variant == Variant.SOTW && typeUrl.equals(Types.CLUSTER);
        if (old != null && !typeUrl.equals(Types.ASSIGNMENT) && !departs) {
            demand(
                    log.isGoneSince(log.written(typeUrl, old).position(), node, new ResourceName(typeUrl, name)),
                    "it is taken away though it was there ever since: " + typeUrl + " " + old);
        }
    }

    /** All being quiet, it has what the view has for it, and nothing else. */
    final void compare(View view) {
        GroupView group = view.select(node);
        SimulatedStream open = stream;
        if (group == null || open == null) {
            throw new AssertionError(this + " has no group or stream at the end");
        }
        types.forEach((typeUrl, type) -> {
            if (type.isAsked()) {
                Map<String, String> truth = truth(group, typeUrl, type);
                Map<String, String> held = new TreeMap<>(type.held());
                if (variant == Variant.SOTW
                        && !Set.of(Types.CLUSTER, Types.LISTENER).contains(typeUrl)) {
                    held.keySet().retainAll(truth.keySet()); // What is gone can't be told.
                }
                demand(held.equals(truth), typeUrl + ": it has " + held + ", and the view has " + truth);
            }
        });
        demand(open.isSettled() || types.values().stream().noneMatch(ModelClient::isAsked), "it is owed something");
        checkAtRest();
    }

    private static Map<String, String> truth(GroupView group, String typeUrl, ModelClient type) {
        List<String> names = new ArrayList<>(type.subscriptions());
        if (type.isWildcard()) {
            names.addAll(group.wildcard(typeUrl));
        }
        Map<String, String> truth = new TreeMap<>();
        for (String name : names) {
            var body = group.find(new ResourceName(typeUrl, name));
            if (body != null) {
                truth.put(name, body.hash());
            }
        }
        return truth;
    }

    final void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(this + ": " + otherwise + "\n" + (stream == null ? "" : stream.transcript()));
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + node.id() + " " + variant + (critical ? " critical" : "");
    }
}
