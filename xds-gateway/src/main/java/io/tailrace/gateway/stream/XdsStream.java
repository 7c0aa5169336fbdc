package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream. Whoever owns it hands in requests, changes of the view that concern it, and moments; one call at a
 * time, moments in milliseconds that never go back. Before a call the owner has handed in every change of the view that
 * the call brings, or knows that it doesn't concern this stream.
 */
public final class XdsStream {
    /** Envoy has ten; one that makes up others shall not fill the gateway. */
    private static final int MAX_TYPES = 100;

    private final StreamSettings settings;
    private final Interests interests;
    private final TypeTable types;
    private final ChangeOrder order;
    private final Heartbeats heartbeats;
    private final Sender sender;
    private final Progress progress;
    private final Reconnect reconnect;
    private final SubscriptionRequests subscriptions;
    private List<Effect> effects = new ArrayList<>();
    private boolean writable = true;
    private @Nullable Node node;
    private View view = View.EMPTY;
    private @Nullable GroupView group;
    private boolean behind;
    /** Nothing was said yet of what the client has: one that reconnects and lacks nothing is told of, too. */
    private boolean news = true;

    public XdsStream(StreamSettings settings, Response.Source responses, Interests interests) {
        this.settings = settings;
        this.interests = interests;
        this.types = new TypeTable(settings, interests.names());
        this.heartbeats = new Heartbeats(settings, responses, effect -> effects.add(effect));
        this.sender = new Sender(settings, responses, heartbeats, effect -> effects.add(effect));
        this.order = new ChangeOrder(settings, types, sender, effect -> effects.add(effect));
        this.progress = new Progress(types, order);
        this.reconnect = new Reconnect(types, effect -> effects.add(effect));
        this.subscriptions = new SubscriptionRequests(
                types, order, sender, interests, new Arrivals(settings, types, interests, order));
    }

    public List<Effect> request(Request request, View current, long nowMs) {
        if (node == null) {
            Node first = request.node();
            if (first == null || first.id().isEmpty()) {
                return fail(false, "the first request of a stream must have node.id; it is missing");
            }
            connect(first, current, nowMs);
        }
        see(current, nowMs);
        String typeUrl = request.typeUrl().isEmpty() ? settings.typeUrl() : request.typeUrl();
        if (typeUrl == null) {
            return fail(false, "type_url is missing; on an aggregated stream every request must have it");
        }
        if (settings.typeUrl() != null && !settings.typeUrl().equals(typeUrl)) {
            return fail(false, "type_url is " + typeUrl + "; this service gives " + settings.typeUrl());
        }
        TypeState known = types.get(typeUrl);
        if (known == null && types.inOrder().size() == MAX_TYPES) {
            return fail(
                    true, "this stream asks for more than %d types; %s is one too many".formatted(MAX_TYPES, typeUrl));
        }
        take(known == null ? types.add(typeUrl) : known, request, known == null, nowMs);
        long names = types.names();
        if (names > settings.maxNames()) {
            return fail(
                    true,
                    "this stream names %d resources; a gateway takes %d on one stream: subscribe to fewer, or by a wildcard"
                            .formatted(names, settings.maxNames()));
        }
        return finish(nowMs);
    }

    private void take(TypeState type, Request request, boolean first, long nowMs) {
        boolean stale = !first
                && request.names() instanceof Request.Sotw
                && !request.nonce().equals(type.newestNonce);
        answered(type, request, nowMs);
        if (!stale) {
            boolean open = writable && !reconnect.isSilent();
            subscriptions.take(type, request.names(), first, open, nowMs);
        }
        if (first) {
            reconnect.firstRequest(type, group, nowMs);
        }
    }

    /** The view has changed in something that this stream subscribes to, or in whom its group selects. */
    public List<Effect> change(ViewStep step, long nowMs) {
        Node known = node;
        if (known == null) {
            view = step.view();
            return List.of();
        }
        view = step.view();
        GroupView next = step.change().meshes().contains(known.mesh()) ? view.select(known) : current();
        boolean regrouped = false;
        if (Objects.equals(nameOf(group), nameOf(next))) {
            if (next != null) {
                step.change().names(next.mesh(), next.name()).forEach((type, names) -> changed(type, names, next));
            }
        } else {
            regroup(next);
            regrouped = true;
        }
        for (ResourceName shared : step.change().shared(known.mesh())) {
            changed(shared.typeUrl(), List.of(shared.name()), next);
        }
        group = next;
        order.see(next, nowMs);
        if (regrouped) {
            types.inOrder().forEach(type -> type.has.tidy());
        }
        return finish(nowMs);
    }

    /** The moment of {@link #nextMs} has come. */
    public List<Effect> tick(View current, long nowMs) {
        see(current, nowMs);
        return finish(nowMs);
    }

    /** The view holds all that was on the log when this stream said {@link Effect.CatchUp} for the last time. */
    public List<Effect> caughtUp(View current, long nowMs) {
        see(current, nowMs);
        reconnect.caughtUp();
        order.startAgain(nowMs);
        return finish(nowMs);
    }

    /** Nothing is sent until {@link #resume}: what is pending stays a set of names (rule 25). */
    public void pause() {
        writable = false;
    }

    public List<Effect> resume(View current, long nowMs) {
        writable = true;
        return tick(current, nowMs);
    }

    /** It says nothing until {@link #caughtUp}, or a limit has passed. */
    public boolean isSilent() {
        return reconnect.isSilent();
    }

    /** When to call {@link #tick} if nothing else is called before; Long.MAX_VALUE: never. */
    public long nextMs(long nowMs) {
        if (!writable) {
            return Long.MAX_VALUE;
        }
        long next = Math.min(reconnect.nextMs(), order.nextMs(nowMs));
        return reconnect.isSilent() ? next : Math.min(next, heartbeats.nextMs());
    }

    public @Nullable Node node() {
        return node;
    }

    /** Takes this stream out of the index. */
    public void close() {
        subscriptions.leave(group);
        types.inOrder().forEach(type -> type.wants.close());
        interests.close();
    }

    private void connect(Node first, View current, long nowMs) {
        node = first;
        types.takeTtls(settings.takesTtls(first));
        heartbeats.spread(first.id());
        interests.mesh(first.mesh());
        view = current;
        group = current.select(first);
        order.see(group, nowMs);
        tell(new Fact.Connected(first, nameOf(group), settings.variant()));
    }

    /** A newer view that changes nothing for this stream: only what it asks for from now on is taken from there. */
    private void see(View newer, long nowMs) {
        if (newer.number() != view.number()) {
            view = newer;
            group = current();
            order.see(group, nowMs);
        }
    }

    private @Nullable GroupView current() {
        return group == null ? null : view.group(group.mesh(), group.name());
    }

    private static @Nullable String nameOf(@Nullable GroupView group) {
        return group == null ? null : group.name();
    }

    private void regroup(@Nullable GroupView next) {
        subscriptions.leave(group);
        subscriptions.enter(next);
        types.inOrder().forEach(type -> type.keepAll(next));
        if (next != null) {
            for (TypeState type : types.inOrder()) {
                boolean first = group == null && type.emitted == 0;
                type.answerOwed |= first && (type.wants.wildcard() ? !type.reconnected : type.has.isBaseUnknown());
                type.everything(next, order.changes(type));
            }
        }
        tell(new Fact.Selected(nameOf(next)));
    }

    private void answered(TypeState type, Request request, long nowMs) {
        if (request.nonce().isEmpty() || heartbeats.answered(type, request)) {
            return;
        }
        boolean awaited = type.has.awaits(request.nonce()); // Or it was answered before, and only the list is new.
        if (request.error() == null) {
            sender.mended(type, type.acked(request.nonce()));
            if (awaited) {
                tell(new Fact.Acked(type.typeUrl));
            }
        } else {
            String shown = request.names() instanceof Request.Sotw(String version, NameList _) ? version : "";
            Holdings.Rejection rejection = type.rejected(request.nonce(), shown);
            List<Unanswered.Item> items = rejection.items();
            sender.mended(type, rejection.accepted().mended());
            order.rejected(type, items);
            heartbeats.rejected(type, items, nowMs);
            if (awaited) {
                tell(new Fact.Rejected(
                        type.typeUrl,
                        items.stream()
                                .filter(item -> type.has.rejections().contains(item.name()))
                                .map(Unanswered.Item::version)
                                .toList(),
                        request.error()));
            }
        }
        order.progress(type, nowMs);
    }

    private void changed(String typeUrl, Collection<String> names, @Nullable GroupView next) {
        TypeState type = types.get(typeUrl);
        if (type != null) {
            type.changed(names, next, order.changes(type));
        }
    }

    private void tell(Fact fact) {
        effects.add(new Effect.Tell(fact));
    }

    private List<Effect> finish(long nowMs) {
        boolean held = reconnect.holds(nowMs);
        if (writable && !held) {
            order.advance(nowMs);
            if (heartbeats.beat(sender, nowMs)) {
                order.advance(nowMs);
            }
        }
        boolean nowBehind = !order.isSettled();
        if (nowBehind && !behind) {
            tell(new Fact.Behind(view.number()));
        } else if (!nowBehind && (behind || news)) {
            tell(new Fact.Settled(view.number()));
        }
        behind = nowBehind;
        if (nowBehind && !reconnect.isOpen()) { // Who is left alone has reached nothing.
            long reached = progress.reached(view.number());
            if (reached >= 0) {
                tell(new Fact.Reached(reached, view.number()));
            }
        } else {
            progress.reset();
        }
        news = false;
        return drain();
    }

    private List<Effect> fail(boolean tooMuch, String text) {
        effects.add(new Effect.Fail(tooMuch, text));
        return drain();
    }

    private List<Effect> drain() {
        List<Effect> all = effects;
        effects = new ArrayList<>();
        return all;
    }
}
