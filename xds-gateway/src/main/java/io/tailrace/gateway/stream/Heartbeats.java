package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rule 28: what a client keeps for a time only is refreshed before that has passed, in delta by heartbeats, in SotW by being
 * sent again. Only what was sent with a ttl is known here; what the client has of it, {@link Holdings} says. Heartbeats are
 * no holdings: they bring nothing, hold back nothing, and nobody is behind for want of an answer to one. What is sent again
 * in SotW is a response as any other, and others wait for its answer as for any.
 */
final class Heartbeats {
    private static final int PHASES = 64;
    private static final int REMEMBERED = 16;

    private final StreamSettings settings;
    private final Response.Source responses;
    private final Consumer<Effect> effects;
    private Map<TypeState, Beats> types = Map.of(); // A stream without ttls has no more than this.
    private int phase;

    Heartbeats(StreamSettings settings, Response.Source responses, Consumer<Effect> effects) {
        this.settings = settings;
        this.responses = responses;
        this.effects = effects;
    }

    /**
     * What was sent by a name, how many heartbeats of its type had been sent when it was sent whole, when it was sent or
     * refreshed last, and when it is to be refreshed.
     */
    private record Beat(Body body, long heartbeats, long sentMs, long dueMs) {}

    /** What the n-th heartbeat of its type named. */
    private record Heartbeat(long number, List<String> names) {}

    /** Of one type. `nextMs`: no name is due before. `unanswered`: the newest heartbeats, by nonce. */
    private static final class Beats {
        final Map<String, Beat> byName = new HashMap<>();
        final LinkedHashMap<String, Heartbeat> unanswered = new LinkedHashMap<>();
        long heartbeats;
        long nextMs = Long.MAX_VALUE;

        void put(Beat beat) {
            byName.put(beat.body.name(), beat);
            nextMs = Math.min(nextMs, beat.dueMs);
        }

        void await(String nonce, List<String> names) {
            unanswered.put(nonce, new Heartbeat(++heartbeats, names));
            if (unanswered.size() > REMEMBERED) { // Of one that answers nothing.
                unanswered.pollFirstEntry();
            }
        }
    }

    /** Nodes of one group, which got a resource at one moment, shall not refresh it at one moment. */
    void spread(String nodeId) {
        phase = Math.floorMod(nodeId.hashCode(), PHASES);
    }

    /** These were sent, with what they hold. */
    void sent(TypeState type, Collection<Body> bodies, long nowMs) {
        for (Body body : bodies) {
            if (body.ttlMs() > 0) {
                if (types.isEmpty()) {
                    types = new LinkedHashMap<>();
                }
                Beats beats = types.computeIfAbsent(type, t -> new Beats());
                beats.put(next(body, beats.heartbeats, nowMs));
            }
        }
    }

    private Beat next(Body body, long heartbeats, long nowMs) {
        long inMs = body.ttlMs() / 2 - body.ttlMs() / 8 * phase / PHASES;
        return new Beat(body, heartbeats, nowMs, nowMs + inMs);
    }

    /**
     * It has a ttl and wasn't sent on this stream: how long a client that shows it will have it isn't known, nor whether a
     * heartbeat would name the version that it has.
     */
    boolean isUnknown(TypeState type, Body body) {
        if (body.ttlMs() == 0) {
            return false;
        }
        Beats beats = types.get(type);
        return beats == null || !beats.byName.containsKey(body.name());
    }

    /** It was sent, and rejected: what the client had before is the older for it. */
    void rejected(TypeState type, List<Unanswered.Item> items, long nowMs) {
        Beats beats = types.get(type);
        if (beats != null) {
            for (Unanswered.Item item : items) {
                Beat beat = beats.byName.get(item.name());
                if (beat != null) {
                    beats.put(new Beat(beat.body, beat.heartbeats, nowMs, nowMs));
                }
            }
        }
    }

    /**
     * Whether this answers a heartbeat. A client rejects one for what it had no more when it came: that is sent again,
     * unless it was since.
     */
    boolean answered(TypeState type, Request request) {
        Beats beats = types.get(type);
        if (beats == null) {
            return false;
        }
        Heartbeat heartbeat = beats.unanswered.remove(request.nonce());
        if (heartbeat == null) {
            return false;
        }
        if (request.error() != null) {
            for (String name : heartbeat.names) {
                Beat beat = beats.byName.get(name);
                if (beat != null && beat.heartbeats < heartbeat.number) {
                    lost(type, beats, name);
                }
            }
        }
        return true;
    }

    private static void lost(TypeState type, Beats beats, String name) {
        if (beats.byName.remove(name) != null && type.has.has(name)) {
            type.pending.add(name);
            type.again.add(name);
        }
    }

    /** Refreshes what is due. Returns whether something is pending now: the client may have lost it. */
    boolean beat(Sender sender, long nowMs) {
        if (types.isEmpty()) {
            return false;
        }
        boolean lost = false;
        for (Map.Entry<TypeState, Beats> each : types.entrySet()) {
            if (dueMs(each.getKey(), each.getValue()) <= nowMs) {
                lost |= beat(each.getKey(), each.getValue(), sender, nowMs);
            }
        }
        return lost;
    }

    private boolean beat(TypeState type, Beats beats, Sender sender, long nowMs) {
        List<Body> live = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (Iterator<Map.Entry<String, Beat>> all = beats.byName.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Beat> one = all.next();
            Body body = type.has.held(one.getKey());
            Beat beat = one.getValue();
            if (body == null || body.ttlMs() == 0 || type.again.contains(body.name())) { // Or it is sent whole anyway.
                all.remove();
            } else if (settings.delta() && nowMs - beat.sentMs >= body.ttlMs()) {
                late.add(body.name());
            } else if (beat.dueMs <= nowMs || nowMs - beat.sentMs >= body.ttlMs() / 4) { // With others, sooner.
                live.add(body.sameContent(beat.body) ? beat.body : body); // The view's may have a newer position.
            }
        }
        late.forEach(name -> lost(type, beats, name));
        live.sort(Comparator.comparing(Body::name));
        if (settings.delta()) {
            send(type, beats, live);
        } else if (!live.isEmpty() && !type.has.isBaseUnknown()) {
            sender.refresh(type, nowMs);
        }
        live.forEach(
                body -> beats.byName.computeIfPresent(body.name(), (name, beat) -> next(body, beat.heartbeats, nowMs)));
        beats.nextMs =
                beats.byName.values().stream().mapToLong(Beat::dueMs).min().orElse(Long.MAX_VALUE);
        return !late.isEmpty();
    }

    private void send(TypeState type, Beats beats, List<Body> live) {
        if (live.isEmpty()) {
            return;
        }
        List<Body> heartbeats = live.stream().map(Body::heartbeat).toList();
        Response response = responses.of(new Content(settings.variant(), type.typeUrl, "", heartbeats, List.of()));
        beats.await(response.nonce(), live.stream().map(Body::name).toList());
        effects.accept(new Effect.Send(response));
        effects.accept(new Effect.Tell(new Fact.Refreshed(type.typeUrl, live.size())));
    }

    /**
     * A heartbeat waits for no answer: Envoy withholds that of clusters while one warms, and would lose them meanwhile. In
     * SotW one response of a type is under way, but for a client that leaves it unanswered.
     */
    private long dueMs(TypeState type, Beats beats) {
        long due = beats.nextMs;
        if (!settings.delta()) {
            for (Unanswered one : type.has.unanswered()) {
                due = Math.max(due, one.sentMs() + StreamSettings.STALL_MS);
            }
        }
        return due;
    }

    /** When to look again, if nothing comes before; Long.MAX_VALUE: never. */
    long nextMs() {
        if (types.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long next = Long.MAX_VALUE;
        for (Map.Entry<TypeState, Beats> each : types.entrySet()) {
            next = Math.min(next, dueMs(each.getKey(), each.getValue()));
        }
        return next;
    }
}
