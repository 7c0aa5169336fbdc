package io.tailrace.cli.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import io.tailrace.schemas.publish.Publisher;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Valid changes of few objects of each kind, so that they meet: made, changed, taken away, made again. */
final class RandomChanges {
    private final Random random;
    private final SortedSet<ObjectKey> there = new TreeSet<>();

    RandomChanges(long seed) {
        this.random = new Random(seed);
    }

    ChangeEvent next(Publisher publisher) {
        if (!there.isEmpty() && random.nextInt(6) == 0) {
            ObjectKey key = there.stream()
                    .skip(random.nextInt(there.size()))
                    .findFirst()
                    .orElseThrow();
            there.remove(key);
            return publisher.deletion(key);
        }
        ChangeEvent change = publisher.change(object());
        there.add(change.key());
        return change;
    }

    private Message object() {
        String yaml = switch (random.nextInt(10)) {
            case 0 -> gateway();
            case 1, 2, 3 -> route();
            case 4, 5 -> service();
            default -> endpoint();
        };
        ParsedFile file = Manifests.parse("random.yaml", yaml);
        if (file.objects().isEmpty()) {
            throw new IllegalStateException(file.problems().toString());
        }
        return file.objects().getFirst().object();
    }

    private String gateway() {
        return """
            kind: Gateway
            metadata: {name: gw%d}
            spec:
              groups: [g%d]
              listeners: [{name: http, port: %d, protocol: HTTP}]
            """.formatted(random.nextInt(2), random.nextInt(2), 8080 + random.nextInt(2));
    }

    private String route() {
        return """
            kind: HTTPRoute
            metadata: {name: route%d}
            spec:
              parentRefs: [{name: gw%d}]
              rules:
              - matches: [{path: {value: /p%d}}]
                backendRefs: [{name: s%d, port: 80, weight: %d}, {name: s3, port: 80, weight: 1}]
            """.formatted(
                random.nextInt(4), random.nextInt(2), random.nextInt(3), random.nextInt(3), 1 + random.nextInt(9));
    }

    private String service() {
        return """
            kind: Service
            metadata: {name: s%d}
            spec: {ports: [{name: %s, port: 80}], connectTimeout: %ds}
            """.formatted(random.nextInt(4), random.nextBoolean() ? "http" : "main", 1 + random.nextInt(3));
    }

    private String endpoint() {
        return """
            kind: Endpoint
            metadata: {name: i%d}
            spec: {service: s%d, address: 10.0.0.%d, ports: {http: 8080, main: %d}}
            """.formatted(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(4), 8081 + random.nextInt(2));
    }
}
