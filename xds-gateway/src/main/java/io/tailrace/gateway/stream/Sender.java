package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what is pending with what the client has, and makes responses of the difference. */
final class Sender {
    private final StreamSettings settings;
    private final Response.Source responses;
    private final Heartbeats heartbeats;
    private final Consumer<Effect> effects;

    Sender(StreamSettings settings, Response.Source responses, Heartbeats heartbeats, Consumer<Effect> effects) {
        this.settings = settings;
        this.responses = responses;
        this.heartbeats = heartbeats;
        this.effects = effects;
    }

    /** What there is for a client: what it wants by a name, and whether it must wait for a cluster that was rejected. */
    interface Terms {
        @Nullable
        Body wanted(String name);

        Predicate<Body> waits();

        /** What is gone is taken away later, by {@link #takeAway}. */
        boolean goneWaits();
    }

    /** Sends what is due of these names (all of them pending), if anything. Returns what was sent. */
    List<Body> send(TypeState type, Collection<String> names, Terms terms, long nowMs) {
        List<Body> bodies = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        boolean answer = type.answerOwed && !type.doubtedWhole;
        for (String name : List.copyOf(names)) {
            if (type.isLeftAlone(name)) {
                type.pending.remove(name);
                type.leftAlone.add(name);
                type.suspects.settle(name);
                continue;
            }
            Body wanted = terms.wanted(name);
            boolean waits = wanted != null && terms.waits().test(wanted);
            boolean again = type.again.contains(name);
            boolean triedAgain = type.isTriedAgain(name);
            type.settle(name);
            type.leaving.remove(name);
            if (triedAgain && (wanted == null || waits)) {
                mended(type, type.has.rejections().end(name));
            }
            if (wanted == null) {
                answer |= again && type.whole;
                gone(type, name, again, terms.goneWaits(), removed);
            } else if (waits) {
                type.heldBack.add(name);
            } else if ((triedAgain && type.has.rejections().contains(wanted))
                    || type.has.lacks(wanted, again || heartbeats.isUnknown(type, wanted))) {
                bodies.add(wanted);
            } else if (triedAgain) { // The client has what it is to have by now.
                mended(type, type.has.rejections().end(name));
            }
        }
        type.answerOwed &= type.doubtedWhole;
        if (!bodies.isEmpty() || !removed.isEmpty() || answer) {
            respond(type, bodies, removed, nowMs);
        }
        return bodies;
    }

    private void gone(TypeState type, String name, boolean again, boolean waits, List<String> removed) {
        if (!type.has.has(name)) {
            type.has.tidy(name);
            mended(type, type.has.outlives(name)); // It was rejected, and what was acked since left it out.
            if (again && settings.delta() && Turn.saysThatNothingIsThere(type.typeUrl)) {
                removed.add(name);
            }
        } else if (!settings.delta() && !type.whole) {
            mended(type, type.has.outlives(name));
        } else if (waits) {
            type.leaving.add(name);
        } else if (!type.has.rejections().containsRemoval(name)) {
            removed.add(name);
        }
    }

    /** Sends the removal of names that others have left. */
    void takeAway(TypeState type, List<String> names, long nowMs) {
        names.forEach(type.leaving::remove);
        if (!settings.delta() && !type.whole) {
            names.forEach(name -> mended(type, type.has.outlives(name)));
            return;
        }
        List<String> removed = new ArrayList<>(names);
        removed.removeIf(name -> !type.has.has(name) || type.has.rejections().containsRemoval(name));
        if (!removed.isEmpty()) {
            respond(type, new ArrayList<>(), removed, nowMs);
        }
    }

    /** Rule 28: all that the client has of a type of rule 15, which is nothing new. */
    void refresh(TypeState type, long nowMs) {
        whole(type, List.of(), List.of(), nowMs);
    }

    /** Both lists are the caller's no more. */
    private void respond(TypeState type, List<Body> bodies, List<String> removed, long nowMs) {
        bodies.sort(Comparator.comparing(Body::name));
        removed.sort(null);
        if (type.whole) {
            whole(type, bodies, removed, nowMs);
            return;
        }
        // Apart from its removal, Envoy rejects the listener that takes an address over (rule 17).
        boolean together = type.turn == Turn.LISTENERS && !removed.isEmpty();
        List<List<Body>> parts = together ? List.of(bodies) : split(bodies);
        for (int i = 0; i < parts.size(); i++) {
            emit(type, parts.get(i), parts.get(i), i == 0 ? removed : List.of(), nowMs);
        }
    }

    /** Rule 15: all that the client is to have, what it accepted of a rejected name included. */
    private void whole(TypeState type, List<Body> changed, List<String> removed, long nowMs) {
        TreeMap<String, Body> all = new TreeMap<>();
        type.has.held().forEach(body -> all.put(body.name(), body));
        changed.forEach(body -> all.put(body.name(), body));
        removed.forEach(all::remove);
        long bytes = all.values().stream().mapToLong(body -> body.size(false)).sum();
        if (bytes > StreamSettings.LARGE_BYTES) {
            effects.accept(new Effect.Tell(new Fact.Large(type.typeUrl, bytes)));
        }
        type.allGoes();
        emit(type, List.copyOf(all.values()), changed, removed, nowMs);
    }

    /** What a client has nothing of, and wants all of: sorted. */
    void sendAllNew(TypeState type, List<Body> bodies, long nowMs) {
        for (List<Body> part : split(bodies)) {
            Response response = next(type, part, List.of());
            type.has.sentAllNew(response.nonce(), nowMs, part);
            goes(type, response, 0, nowMs);
        }
    }

    private void emit(TypeState type, List<Body> resources, List<Body> changed, List<String> removed, long nowMs) {
        Response response = next(type, resources, removed);
        type.has.sent(response, nowMs, changed, removed);
        goes(type, response, removed.size(), nowMs);
    }

    private Response next(TypeState type, List<Body> resources, List<String> removed) {
        String version = settings.delta() ? "" : version(resources);
        Content content = new Content(
                settings.variant(), type.typeUrl, version, resources, settings.delta() ? removed : List.of());
        Response shared = responses.of(content);
        return type.has.awaits(shared.nonce()) ? responses.anew(content) : shared;
    }

    private void goes(TypeState type, Response response, int removed, long nowMs) {
        List<Body> resources = response.content().resources();
        type.newestNonce = response.nonce();
        type.emitted++;
        heartbeats.sent(type, resources, nowMs);
        effects.accept(new Effect.Send(response));
        effects.accept(new Effect.Tell(new Fact.Pushed(type.typeUrl, resources.size(), removed)));
    }

    void mended(TypeState type, List<String> names) {
        if (!names.isEmpty()) {
            effects.accept(new Effect.Tell(
                    new Fact.Mended(type.typeUrl, names.stream().sorted().toList())));
        }
    }

    /** Rule 18: the same names and contents have the same version on every gateway. */
    static String version(Collection<Body> bodies) {
        long sum = 0;
        for (Body body : bodies) {
            sum += body.fingerprint();
        }
        return HexFormat.of().toHexDigits(sum);
    }

    private List<List<Body>> split(List<Body> bodies) {
        List<List<Body>> parts = new ArrayList<>();
        List<Body> part = new ArrayList<>();
        long bytes = 0;
        for (Body body : bodies) {
            int size = body.size(settings.delta());
            if (!part.isEmpty() && bytes + size > StreamSettings.SPLIT_BYTES) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(body);
            bytes += size;
        }
        parts.add(part);
        return parts;
    }
}
