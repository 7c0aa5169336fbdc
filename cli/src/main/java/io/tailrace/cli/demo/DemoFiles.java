package io.tailrace.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder of files that the demo watches, and the changes that it makes to them. */
record DemoFiles(Path folder) {
    /** Writes the gateway and its services, which don't change. */
    void writeServices(int port) throws IOException {
        write("gateway.yaml", """
            kind: Gateway
            metadata: {name: edge}
            spec:
              groups: [edge]
              listeners:
                - {name: http, address: 127.0.0.1, port: %d, protocol: HTTP}
            """.formatted(port));
        write("services.yaml", """
            kind: Service
            metadata: {name: hello-v1}
            spec:
              ports: [{name: http, port: 80}]
            ---
            kind: Service
            metadata: {name: hello-v2}
            spec:
              ports: [{name: http, port: 80}]
            """);
    }

    Path route() {
        return folder.resolve("route.yaml");
    }

    /** Shares the requests out; responses carry the shares in {@code x-split}, by which the first one is known. */
    void writeRoute(int v1Percent, int v2Percent) throws IOException {
        write("route.yaml", """
            kind: HTTPRoute
            metadata: {name: hello}
            spec:
              parentRefs: [{name: edge}]
              rules:
                - filters:
                    - type: ResponseHeaderModifier
                      responseHeaderModifier:
                        set: [{name: x-split, value: %1$d-%2$d}]
                  backendRefs:
                    - {name: hello-v1, port: 80, weight: %1$d}
                    - {name: hello-v2, port: 80, weight: %2$d}
            """.formatted(v1Percent, v2Percent));
    }

    void writeEndpoint(String service, String instance, int port) throws IOException {
        write(instance + ".yaml", """
            kind: Endpoint
            metadata: {name: %s}
            spec:
              service: %s
              address: 127.0.0.1
              ports: {http: %d}
            """.formatted(instance, service, port));
    }

    void removeEndpoint(String instance) throws IOException {
        Files.delete(folder.resolve(instance + ".yaml"));
    }

    private void write(String name, String text) throws IOException {
        Path half = Files.writeString(folder.resolve("." + name), text, UTF_8);
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
