package io.tailrace.cli.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import io.tailrace.schemas.publish.Publisher;
import java.util.ArrayList;
import java.util.List;

/** A mesh that changes all the time and stays as large as it was. */
final class SteadyMesh {
    private static final int SERVICES = 10;
    private static final int ENDPOINTS = 10;

    private final Publisher publisher;
    private int number;

    SteadyMesh(Publisher publisher) {
        this.publisher = publisher;
    }

    /** All of it, as it is at the beginning. */
    List<ChangeEvent> asItBegan() {
        List<ChangeEvent> all = new ArrayList<>();
        all.add(change("""
            kind: Gateway
            metadata: {name: edge}
            spec:
              groups: [edge]
              listeners: [{name: http, port: 8080, protocol: HTTP}]
            """));
        for (int service = 0; service < SERVICES; service++) {
            all.add(service(service, 1));
            all.add(route(service, 1));
            for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
                all.add(endpoint(service, endpoint, 1));
            }
        }
        return all;
    }

    /** The next changes; among them are objects that come and go, each with a name of its own. */
    List<ChangeEvent> next(int count) {
        List<ChangeEvent> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.addAll(next());
        }
        return changes;
    }

    private List<ChangeEvent> next() {
        number++;
        int service = number % SERVICES;
        int value = 2 + number % 97;
        int turn = number / SERVICES;
        return switch (turn % 10) {
            case 0 -> List.of(turn % 20 == 0 ? service(service, value) : route(service, value));
            case 1 -> comesAndGoes(turn % 20 == 1 ? passingService() : endpoint(service, 1_000 + number, value));
            default -> List.of(endpoint(service, number % ENDPOINTS, value));
        };
    }

    private ChangeEvent passingService() {
        return change("""
            kind: Service
            metadata: {name: passing%d}
            spec: {ports: [{name: http, port: 80}]}
            """.formatted(number));
    }

    private List<ChangeEvent> comesAndGoes(ChangeEvent comes) {
        return List.of(comes, publisher.deletion(comes.key()));
    }

    /** One change in each service, of a kind that goes through both lanes. */
    List<ChangeEvent> oneOfEach() {
        number++;
        List<ChangeEvent> changes = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) {
            changes.add(endpoint(service, 0, 2 + number % 97));
        }
        changes.add(route(0, 2 + number % 97));
        return changes;
    }

    private ChangeEvent service(int service, int seconds) {
        return change("""
            kind: Service
            metadata: {name: s%d}
            spec: {ports: [{name: http, port: 80}], connectTimeout: %ds}
            """.formatted(service, seconds));
    }

    private ChangeEvent route(int service, int weight) {
        return change("""
            kind: HTTPRoute
            metadata: {name: r%d}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - matches: [{path: {value: /s%d}}]
                backendRefs: [{name: s%d, port: 80, weight: %d}, {name: s%d, port: 80, weight: 1}]
            """.formatted(service, service, service, weight, (service + 1) % SERVICES));
    }

    private ChangeEvent endpoint(int service, int instance, int weight) {
        return change("""
            kind: Endpoint
            metadata: {name: i%d}
            spec: {service: s%d, address: 10.%d.0.%d, weight: %d, ports: {http: 8080}}
            """.formatted(instance, service, service, 1 + instance % 200, weight));
    }

    private ChangeEvent change(String yaml) {
        ParsedFile file = Manifests.parse("steady.yaml", yaml);
        if (file.objects().isEmpty()) {
            throw new IllegalStateException(file.problems().toString());
        }
        Message object = file.objects().getFirst().object();
        return publisher.change(object);
    }
}
