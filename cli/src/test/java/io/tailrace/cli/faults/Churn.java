package io.tailrace.cli.faults;

import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Changes without end, of every sort, half of them in files and half by a program. The services red and blue, which requests
 * go to, change as well, but each always has its first endpoint.
 */
final class Churn {
    private static final int SERVICES = 8;
    private static final int ENDPOINTS = 4;
    private static final int ROUTES = 6;
    private static final List<String> POLICIES = List.of("RoundRobin", "LeastRequest", "Random");
    private static final List<String> HEALTH = List.of("Healthy", "Healthy", "Unhealthy", "Draining");

    private final ProcessWorld world;
    private final Inputs inputs;
    private final Random random;
    private final int extraPort = FreePort.next();

    Churn(ProcessWorld world, Random random) {
        this.world = world;
        this.inputs = world.inputs;
        this.random = random;
    }

    void next(String stamp) throws IOException {
        int which = random.nextInt(100);
        if (which < 35) {
            endpoint();
        } else if (which < 50) {
            secondEndpoint();
        } else if (which < 70) {
            world.route(stamp, 1 + random.nextInt(99));
        } else if (which < 77) {
            service(random.nextBoolean() ? "red" : "blue", true);
        } else if (which < 87) {
            int number = random.nextInt(SERVICES);
            come("Service", "s" + number, 80, () -> service("s" + number, isEven(number)));
        } else if (which < 97) {
            int number = random.nextInt(ROUTES);
            come("HTTPRoute", "r" + number, 70, () -> route(number));
        } else {
            come("Gateway", "extra", 50, this::extraGateway);
        }
    }

    private interface Saying {
        void say() throws IOException;
    }

    /** Says it anew, or takes it away if it is there. */
    private void come(String kind, String name, int percent, Saying saying) throws IOException {
        if (inputs.has(kind, name) && random.nextInt(100) >= percent) {
            inputs.remove(kind, name);
        } else {
            saying.say();
        }
    }

    private static boolean isEven(int number) {
        return number % 2 == 0;
    }

    private void say(boolean byFile, String yaml) throws IOException {
        if (byFile) {
            inputs.file(yaml);
        } else {
            inputs.publish(yaml);
        }
    }

    private void endpoint() throws IOException {
        int service = random.nextInt(SERVICES);
        int number = random.nextInt(ENDPOINTS);
        String name = "s" + service + "-" + number;
        come(
                "Endpoint",
                name,
                75,
                () -> say(isEven(number), """
                kind: Endpoint
                metadata: {name: %s}
                spec: {service: s%d, address: 127.0.0.1, ports: {main: %d}, health: %s, weight: %d}
                """.formatted(
                                name, service, 1 + number, HEALTH.get(random.nextInt(4)), 1 + random.nextInt(5))));
    }

    /** Of red or blue. */
    private void secondEndpoint() throws IOException {
        boolean red = random.nextBoolean();
        String service = red ? "red" : "blue";
        String name = service + "-1";
        int port = world.backends.getOrDefault(service, List.of()).getLast().port();
        come("Endpoint", name, 50, () -> say(red, """
                kind: Endpoint
                metadata: {name: %s}
                spec: {service: %s, address: 127.0.0.1, ports: {main: %d}, weight: %d}
                """.formatted(name, service, port, 1 + random.nextInt(5))));
    }

    private void service(String name, boolean byFile) throws IOException {
        say(byFile, """
            kind: Service
            metadata: {name: %s}
            spec:
              ports: [{name: main, port: 80, protocol: %s}]
              connectTimeout: %ds
              loadBalancer: {type: %s}
            """.formatted(
                        name,
                        random.nextBoolean() ? "HTTP1" : "HTTP2",
                        1 + random.nextInt(9),
                        POLICIES.get(random.nextInt(POLICIES.size()))));
    }

    private void route(int number) throws IOException {
        say(isEven(number), """
            kind: HTTPRoute
            metadata: {name: r%d}
            spec:
              parentRefs: [%s]
              rules:
                - matches: [{path: {value: /r%d}}]
                  backendRefs: [{name: s%d, port: 80, weight: %d}, {name: s%d, port: 80}]
            """.formatted(
                        number,
                        ProcessWorld.parents(),
                        number,
                        random.nextInt(SERVICES / 2),
                        1 + random.nextInt(5),
                        SERVICES / 2 + random.nextInt(SERVICES / 2)));
    }

    /** All Envoys listen on one port beside their own. */
    private void extraGateway() throws IOException {
        inputs.file("""
            kind: Gateway
            metadata: {name: extra}
            spec:
              groups: [%s]
              listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP, hostname: "*.%d.test"}]
            """.formatted(String.join(", ", ProcessWorld.groups()), extraPort, random.nextInt(5)));
    }
}
