package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.ModelClient;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rules 22 and 23, in every interleaving of a few changes, acks, rejections and moments: `-Ddepth=5` for longer ones. */
class InterleavingsTest {
    private static final int DEPTH = Integer.getInteger("depth", 4);

    private enum Action {
        ACK_CLUSTERS(Types.CLUSTER),
        REJECT_CLUSTERS(Types.CLUSTER),
        ACK_ASSIGNMENTS(Types.ASSIGNMENT),
        ACK_LISTENERS(Types.LISTENER),
        REJECT_LISTENERS(Types.LISTENER),
        ACK_ROUTES(Types.ROUTE),
        REJECT_ROUTES(Types.ROUTE),
        /** The service moves from one cluster to the other. */
        MOVE(""),
        /** The cluster that serves and the listener are others. */
        CHANGE(""),
        /** Long enough for all that is waited for. */
        PASS("");

        private final String typeUrl;

        Action(String typeUrl) {
            this.typeUrl = typeUrl;
        }

        boolean rejects() {
            return name().startsWith("REJECT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_and_23_whatever_is_acked_rejected_and_changed_in_whatever_order_the_client_ends_with_the_truth(
            Variant variant) {
        explore(variant, List.of());
    }

    private static void explore(Variant variant, List<Action> path) {
        Run run = new Run(variant);
        List<Action> next;
        try {
            path.forEach(run::act);
            next = Arrays.stream(Action.values()).filter(run::can).toList();
            run.finish();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(variant + " " + path + ": " + e.getMessage(), e);
        }
        if (path.size() < DEPTH) {
            for (Action action : next) {
                List<Action> longer = new ArrayList<>(path);
                longer.add(action);
                explore(variant, longer);
            }
        }
    }

    /** A client with one listener, one route and the cluster that serves it. */
    private static final class Run {
        private final Variant variant;
        private final Views views =
                Views.of(cluster("a", 1), assignment("a", 1), listener("l", 1, "r"), route("r", 1, "a"));
        private final PureClient stream;
        private final Map<String, ModelClient> types = new LinkedHashMap<>();
        private final Map<String, String> sent = new HashMap<>();
        private final Set<String> warming = new TreeSet<>();
        private String serves = "a";
        private int edition = 1;
        private boolean rejected;

        Run(Variant variant) {
            this.variant = variant;
            this.stream = PureClient.ads(variant, views);
            for (String type : List.of(Types.CLUSTER, Types.ASSIGNMENT, Types.LISTENER, Types.ROUTE)) {
                types.put(type, new ModelClient(stream, variant, type));
            }
            deliver(type(Types.CLUSTER).wildcard());
            deliver(type(Types.ASSIGNMENT).subscribe(Set.of("a~1", "b~1")));
            deliver(type(Types.LISTENER).wildcard());
            deliver(type(Types.ROUTE).subscribe(Set.of("r")));
            answerAll();
        }

        private ModelClient type(String typeUrl) {
            return Objects.requireNonNull(types.get(typeUrl));
        }

        private void deliver(List<Answer> answers) {
            for (Answer answer : answers) {
                type(answer.typeUrl()).came(answer);
                switch (answer.typeUrl()) {
                    case Types.CLUSTER -> answer.resources().forEach(this::warms);
                    case Types.ASSIGNMENT -> answer.names().forEach(warming::remove);
                    default -> {}
                }
            }
        }

        /** In the order of the wire, whenever it is answered. */
        private void warms(Answer.Piece cluster) {
            if (!cluster.content().equals(sent.put(cluster.name(), cluster.content()))) {
                warming.add(Thing.assignmentOf(cluster.name()));
            }
        }

        /** What is rejected is something that a response brings: nobody rejects that something goes. */
        boolean can(Action action) {
            return action.typeUrl.isEmpty()
                    || (action.rejects()
                            ? type(action.typeUrl).hasNews()
                            : type(action.typeUrl).hasMail());
        }

        void act(Action action) {
            switch (action) {
                case MOVE -> deliver(stream.change(move()));
                case CHANGE -> {
                    edition++;
                    deliver(stream.change(views.put(cluster(serves, edition), listener("l", edition, "r"))));
                }
                case PASS -> deliver(stream.pass(20_000));
                default -> answer(action.typeUrl, action.rejects());
            }
        }

        private ViewStep move() {
            edition++;
            String old = serves;
            serves = old.equals("a") ? "b" : "a";
            return views.change(
                    List.of(cluster(serves, edition), assignment(serves, edition), route("r", edition, serves)),
                    List.of(cluster(old, 1), assignment(old, 1)));
        }

        private void answer(String typeUrl, boolean reject) {
            ModelClient type = type(typeUrl);
            if (reject) {
                rejected = true;
                deliver(type.nack(Set.of()));
                return;
            }
            ModelClient.Taken taken = type.take(piece -> false, Set.of());
            watch();
            deliver(type.answer(taken));
        }

        /** What the routes use is there, unless something was rejected or waited for too long. */
        private void watch() {
            boolean limit = stream.facts().stream().anyMatch(fact -> fact instanceof Fact.OrderLimitPassed);
            Set<String> clusters = type(Types.CLUSTER).pieces().keySet();
            for (Answer.Piece route : type(Types.ROUTE).pieces().values()) {
                for (ResourceName cluster : route.refs()) {
                    demand(rejected || limit || clusters.contains(cluster.name()), route + " lacks its cluster");
                }
            }
        }

        private void demand(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise + "\n" + stream.transcript());
            }
        }

        private void answerAll() {
            boolean more = true;
            while (more) {
                more = false;
                for (String type : types.keySet()) {
                    while (type(type).hasMail()) {
                        more = true;
                        answer(type, false);
                    }
                }
                if (!more) {
                    List<Answer> late = stream.pass(20_000);
                    more = !late.isEmpty();
                    deliver(late);
                }
            }
        }

        /** Accepts all from now on, and once more when all has changed, if it had rejected something. */
        void finish() {
            answerAll();
            if (rejected) {
                edition++;
                deliver(stream.change(views.put(
                        cluster(serves, edition),
                        assignment(serves, edition),
                        listener("l", edition, "r"),
                        route("r", edition, serves))));
                answerAll();
            }
            warming.removeIf(name -> !type(Types.CLUSTER).pieces().containsKey(name.substring(0, 1)));
            demand(warming.isEmpty(), "these warm for ever: " + warming);
            Map<String, Map<String, String>> truth = new TreeMap<>();
            views.things()
                    .forEach((name, thing) -> truth.computeIfAbsent(name.typeUrl(), type -> new TreeMap<>())
                            .put(name.name(), thing.body(1).hash()));
            types.forEach((type, client) -> {
                Map<String, String> all = truth.getOrDefault(type, Map.of());
                Map<String, String> held = new TreeMap<>(client.held());
                if (variant == Variant.SOTW && !Turn.isWhole(type)) {
                    held.keySet().retainAll(all.keySet()); // What is gone can't be told.
                }
                demand(held.equals(all), type + ": it has " + held + ", and the view has " + all);
            });
        }
    }
}
