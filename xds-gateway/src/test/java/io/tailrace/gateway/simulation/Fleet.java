package io.tailrace.gateway.simulation;

import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run, from its seed: things happen by chance, then all comes to rest and is compared with the log. */
final class Fleet {
    private static final int STEPS = 1_500;

    private final Random random;
    private final SimulatedLog log = new SimulatedLog();
    private final List<SimulatedMesh> meshes = new ArrayList<>();
    private final List<SimulatedGateway> gateways = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private long nowMs = 1_000_000;
    private boolean waited;

    Fleet(long seed) {
        random = new Random(seed);
        meshes.add(new SimulatedMesh("one", log, random, List.of("blue", "green")));
        meshes.add(new SimulatedMesh("two", log, random, List.of("blue")));
        for (int i = 0; i < 3; i++) {
            gateways.add(new SimulatedGateway(log, random, nowMs));
        }
        boolean critical = random.nextBoolean();
        for (int i = 0; i < 6; i++) {
            String cluster = i % 3 == 0 ? "green" : "blue";
            Node node =
                    new Node("n" + i, cluster, Map.of("mesh", i % 3 == 2 ? "two" : "one"), Node.Locality.UNKNOWN, "");
            Variant variant = random.nextBoolean() ? Variant.DELTA : Variant.SOTW;
            boolean rejects = critical && random.nextBoolean();
            nodes.add(
                    random.nextBoolean()
                            ? new EnvoyNode(node, variant, rejects, log, random)
                            : new ExplorerNode(node, variant, rejects, log, random));
        }
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            step();
            waited |= gateways.stream().anyMatch(SimulatedGateway::keepsWaiting);
        }
        log.setThere(true);
        nodes.forEach(SimulatedNode::beEasy);
        meshes.forEach(mesh ->
                mesh.changeAll(thing -> !SimulatedNode.isBad(thing.body(1).hash())));
        settle();
        View truth = log.read(log.ends());
        for (SimulatedGateway gateway : gateways) {
            if (!ViewChange.between(gateway.view(), truth).isEmpty()) {
                throw new AssertionError("a gateway has another view than the log gives");
            }
        }
        nodes.forEach(node -> node.compare(truth));
        nodes.forEach(SimulatedNode::disconnect);
        if (!gateways.stream().allMatch(SimulatedGateway::isEmpty)) {
            throw new AssertionError("an index has streams that ended");
        }
    }

    /** A stream waited for its turn at some time. */
    boolean hasWaited() {
        return waited;
    }

    private void step() {
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        SimulatedGateway gateway = gateways.get(random.nextInt(gateways.size()));
        int chance = random.nextInt(1_000);
        if (chance < 60) {
            if (log.isThere()) {
                meshes.get(random.nextInt(meshes.size())).change();
            }
        } else if (chance < 140) {
            gateway.read();
        } else if (chance < 400) {
            gateway.work();
        } else if (chance < 740) {
            node.wire(random.nextBoolean());
        } else if (chance < 950) {
            node.act();
        } else if (chance < 970) {
            pass(random.nextInt(10) == 0 ? 4_000 : random.nextInt(400));
        } else if (chance < 990) {
            if (!node.isConnected()) {
                node.connect(gateway);
            } else if (random.nextInt(3) == 0) {
                node.disconnect();
            }
        } else if (chance < 994) {
            gateway.rebuild();
        } else if (chance < 997) {
            restart(gateway);
        } else {
            log.setThere(!log.isThere());
        }
    }

    /** Its streams end, and what is on their wires is lost. Without Kafka there is none that could start. */
    private void restart(SimulatedGateway gateway) {
        if (log.isThere()) {
            List.copyOf(gateway.streams()).forEach(SimulatedStream::end);
            gateways.set(gateways.indexOf(gateway), new SimulatedGateway(log, random, nowMs));
        }
    }

    private void pass(long ms) {
        long end = nowMs + ms;
        while (nowMs < end) {
            long next = end;
            for (SimulatedGateway gateway : gateways) {
                next = Math.min(next, Math.max(nowMs + 1, gateway.nextMs()));
            }
            nowMs = next;
            for (SimulatedGateway gateway : gateways) {
                gateway.now(nowMs);
            }
            if (nowMs < end) {
                while (gateways.stream().anyMatch(SimulatedGateway::work)) {}
            }
        }
    }

    /** All is read, delivered and answered, and all limits pass, until nothing more happens. */
    private void settle() {
        for (int round = 0; round < 1_000; round++) {
            for (SimulatedNode node : nodes) {
                if (!node.isConnected()) {
                    node.connect(gateways.get(random.nextInt(gateways.size())));
                }
            }
            boolean more = gateways.stream().anyMatch(SimulatedGateway::isBehind);
            for (SimulatedGateway gateway : gateways) {
                while (gateway.read() || gateway.work()) {
                    more = true;
                }
            }
            for (SimulatedNode node : nodes) {
                while (node.wire(true) || node.wire(false)) {
                    more = true;
                }
                more |= node.settle();
            }
            if (!more) {
                pass(20_000);
                more = gateways.stream().anyMatch(SimulatedGateway::work);
                if (!more && nodes.stream().allMatch(SimulatedNode::isQuiet)) {
                    return;
                }
            }
        }
        throw new AssertionError("it never comes to rest");
    }
}
