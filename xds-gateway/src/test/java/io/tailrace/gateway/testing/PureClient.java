package io.tailrace.gateway.testing;

import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.stream.XdsStream;
import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks to the state machine itself, in a time of its own, and through the checker. What it sends is what
 * the test says; it answers nothing by itself.
 */
public final class PureClient implements ModelClient.Wire {
    public static final Node NODE = new Node("n", Views.GROUP, Map.of(), Node.Locality.UNKNOWN, "test");

    public static final Node TAKES_TTLS = new Node(
            "n",
            Views.GROUP,
            Map.of(),
            Node.Locality.UNKNOWN,
            "test",
            Set.of(ClientFeature.TTL, ClientFeature.WRAPPED_IN_SOTW));

    private final StreamSettings settings;
    private final Views views;
    private final XdsStream stream;
    private final StreamChecker checker;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, String> newestNonce = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private @Nullable Node node;
    private @Nullable String failure;
    private boolean waiting;
    private boolean behindTheLog;
    private long nonces;
    private long nowMs = 1_000_000;

    public PureClient(StreamSettings settings, Views views, @Nullable Node node, Interests interests) {
        this.settings = settings;
        this.views = views;
        this.node = node;
        this.checker = new StreamChecker(settings);
        this.stream = new XdsStream(settings, new Nonces(), interests);
    }

    public static PureClient ads(Variant variant, Views views) {
        return new PureClient(StreamSettings.ads(variant), views, NODE, Interests.NONE);
    }

    /** One that says that it takes ttls. */
    public static PureClient takingTtls(Variant variant, Views views) {
        return takingTtls(StreamSettings.ads(variant), views);
    }

    public static PureClient takingTtls(StreamSettings settings, Views views) {
        return new PureClient(settings, views, TAKES_TTLS, Interests.NONE);
    }

    private final class Nonces implements Response.Source {
        @Override
        public Response of(Content content) {
            return anew(content);
        }

        @Override
        public Response anew(Content content) {
            return new Response(content, "n" + ++nonces);
        }
    }

    public String transcript() {
        return checker.transcript();
    }

    public List<Fact> facts() {
        return facts;
    }

    public @Nullable String failure() {
        return failure;
    }

    public XdsStream stream() {
        return stream;
    }

    private boolean delta() {
        return settings.variant() == Variant.DELTA;
    }

    /** The first request without a name. */
    public List<Answer> wildcard(String typeUrl) {
        return delta() ? delta(typeUrl, List.of(), List.of(), Map.of()) : list(typeUrl, List.of());
    }

    /** SotW: the list grows by these names; delta: they are subscribed to. */
    public List<Answer> subscribe(String typeUrl, String... names) {
        if (delta()) {
            return delta(typeUrl, List.of(names), List.of(), Map.of());
        }
        Set<String> all = new HashSet<>(lists.getOrDefault(typeUrl, List.of()));
        all.addAll(List.of(names));
        return list(typeUrl, all.stream().sorted().toList());
    }

    public List<Answer> unsubscribe(String typeUrl, String... names) {
        if (delta()) {
            return delta(typeUrl, List.of(), List.of(names), Map.of());
        }
        Set<String> all = new HashSet<>(lists.getOrDefault(typeUrl, List.of()));
        List.of(names).forEach(all::remove);
        return list(typeUrl, all.stream().sorted().toList());
    }

    /** A SotW request with this whole list. */
    public List<Answer> list(String typeUrl, List<String> names) {
        return list(typeUrl, names, versions.getOrDefault(typeUrl, ""));
    }

    public List<Answer> list(String typeUrl, List<String> names, String version) {
        lists.put(typeUrl, names);
        return send(typeUrl, newestNonce.getOrDefault(typeUrl, ""), null, new Request.Sotw(version, names));
    }

    public List<Answer> delta(
            String typeUrl, List<String> subscribe, List<String> unsubscribe, Map<String, String> initial) {
        return send(typeUrl, "", null, new Request.Delta(subscribe, unsubscribe, initial));
    }

    public List<Answer> ack(Answer answer) {
        versions.put(answer.typeUrl(), answer.version());
        return send(answer.typeUrl(), answer.nonce(), null, sameAgain(answer.typeUrl()));
    }

    /** Answers as Envoy does: all of them, in turn, and what comes of it. */
    public List<Answer> ackAll(List<Answer> answers) {
        List<Answer> all = new ArrayList<>();
        for (Answer answer : answers) {
            all.addAll(ack(answer));
        }
        return all;
    }

    /** Answers until nothing more comes. */
    public List<Answer> ackOn(List<Answer> answers) {
        List<Answer> all = new ArrayList<>();
        for (List<Answer> next = answers; !next.isEmpty(); next = ackAll(next)) {
            all.addAll(next);
        }
        return all;
    }

    /** In SotW, and with another list than before. */
    public List<Answer> nackAndList(Answer answer, String text, String... names) {
        lists.put(answer.typeUrl(), List.of(names));
        return nack(answer, text);
    }

    public List<Answer> nack(Answer answer, String message) {
        return send(answer.typeUrl(), answer.nonce(), message, sameAgain(answer.typeUrl()));
    }

    private Request.Names sameAgain(String typeUrl) {
        return delta()
                ? new Request.Delta(List.of(), List.of(), Map.of())
                : new Request.Sotw(versions.getOrDefault(typeUrl, ""), lists.getOrDefault(typeUrl, List.of()));
    }

    @Override
    public List<Answer> send(String typeUrl, String nonce, @Nullable String error, Request.Names names) {
        Request request = new Request(node, typeUrl, nonce, error, names);
        Node first = node;
        node = null;
        String filled = typeUrl.isEmpty() && settings.typeUrl() != null ? settings.typeUrl() : typeUrl;
        checker.asked(new Request(first, filled, nonce, error, names));
        return took(stream.request(request, views.view(), nowMs));
    }

    public List<Answer> change(ViewStep step) {
        checker.note(step.view().number() + " " + step.change());
        return took(stream.change(step, nowMs));
    }

    /** Its transport takes nothing more. */
    public void pause() {
        stream.pause();
    }

    public List<Answer> resume() {
        return took(stream.resume(views.view(), nowMs));
    }

    /** Time goes on, and the stream's timer rings as often as it asks for. */
    public List<Answer> pass(long ms) {
        long end = nowMs + ms;
        List<Answer> answers = new ArrayList<>();
        for (long next = stream.nextMs(nowMs); next <= end; next = stream.nextMs(nowMs)) {
            nowMs = next;
            answers.addAll(took(stream.tick(views.view(), nowMs)));
        }
        nowMs = end;
        checker.note(ms + " ms later");
        return answers;
    }

    /** Its time. */
    @Override
    public long nowMs() {
        return nowMs;
    }

    /** The view isn't known to be as new as the log, until {@link #caughtUp}. */
    public PureClient behindTheLog() {
        behindTheLog = true;
        return this;
    }

    /** Whether the stream has asked for the view to be as new as the log, and wasn't answered. */
    public boolean isWaiting() {
        return waiting;
    }

    public List<Answer> caughtUp() {
        waiting = false;
        return took(stream.caughtUp(views.view(), nowMs));
    }

    private List<Answer> took(List<Effect> effects) {
        List<Answer> answers = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send(Response response) -> {
                    Answer answer = Answer.of(response);
                    newestNonce.put(answer.typeUrl(), answer.nonce());
                    checker.answered(answer);
                    answers.add(answer);
                }
                case Effect.Tell(Fact fact) -> {
                    facts.add(fact);
                    checker.note(fact.toString());
                    if (fact instanceof Fact.OrderLimitPassed) {
                        checker.limitPassed();
                    }
                }
                case Effect.CatchUp _ -> waiting = true;
                case Effect.Fail(boolean _, String text) -> failure = text;
            }
        }
        if (waiting && !behindTheLog) {
            answers.addAll(caughtUp());
        }
        return answers;
    }
}
