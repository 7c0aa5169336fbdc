package io.tailrace.gateway.simulation;

import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.ModelClient;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A client of any other kind: it subscribes to this and that, and answers in whatever order. */
final class ExplorerNode extends SimulatedNode {
    ExplorerNode(Node node, Variant variant, boolean critical, SimulatedLog log, Random random) {
        super(node, variant, critical, log, random);
    }

    @Override
    void act() {
        String typeUrl = TYPES.get(random.nextInt(TYPES.size()));
        ModelClient type = type(typeUrl);
        if (type.hasMail()) {
            type.answer(take(type, typeUrl));
        } else if (random.nextInt(3) == 0) {
            if (random.nextInt(3) > 0) {
                ask(type, typeUrl);
            } else if (type.names() && mayDrop()) {
                type.unsubscribe(some(typeUrl));
            }
        }
    }

    /** A name that leaves a SotW list and comes back while a response is under way never left it for the server. */
    private boolean mayDrop() {
        return variant == Variant.DELTA || !isConnected();
    }

    private void ask(ModelClient type, String typeUrl) {
        boolean wild = typeUrl.equals(Types.CLUSTER) || typeUrl.equals(Types.LISTENER);
        if (wild && !type.isAsked() && random.nextInt(4) > 0) {
            type.wildcard();
        } else {
            type.subscribe(some(typeUrl));
        }
    }

    private Set<String> some(String typeUrl) {
        List<String> names = switch (typeUrl) {
            case Types.CLUSTER -> SimulatedMesh.SERVICES;
            case Types.ASSIGNMENT ->
                SimulatedMesh.SERVICES.stream()
                        .map(letter -> letter + "~" + (1 + random.nextInt(2)))
                        .toList();
            case Types.SECRET -> SimulatedMesh.SECRETS;
            default -> SimulatedMesh.PORTS;
        };
        Set<String> some = new TreeSet<>();
        do {
            some.add(names.get(random.nextInt(names.size())));
        } while (random.nextBoolean());
        return some;
    }

    @Override
    boolean settle() {
        boolean any = false;
        for (String typeUrl : TYPES) {
            ModelClient type = type(typeUrl);
            while (type.hasMail()) {
                any = true;
                type.answer(take(type, typeUrl));
            }
        }
        return any;
    }

    @Override
    void connected() {}

    @Override
    void checkAtRest() {}
}
