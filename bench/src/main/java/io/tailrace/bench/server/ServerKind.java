package io.tailrace.bench.server;

import io.envoyproxy.controlplane.server.serializer.CachedProtoResourcesSerializer;
import io.envoyproxy.controlplane.server.serializer.DefaultProtoResourcesSerializer;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;

/** The servers that are measured beside each other. */
public enum ServerKind {
    FLOOR("raw Netty"),
    GATEWAY("Tailrace"),
    CONTROL_PLANE("java-control-plane"),
    CACHING_CONTROL_PLANE("java-control-plane, caching");

    private final String title;

    /** What a server serves, and whom it tells of what becomes of that. */
    record Watched(Catalog catalog, Acks acks, Settlements settlements) {}

    ServerKind(String title) {
        this.title = title;
    }

    /** As a table calls it. */
    public String title() {
        return title;
    }

    BenchServer start(Workload workload, Watched watched, int port) throws IOException, InterruptedException {
        Catalog catalog = watched.catalog();
        Acks acks = watched.acks();
        return switch (this) {
            case FLOOR -> new FloorServer(workload, catalog, acks);
            case GATEWAY -> new GatewayServer(watched, port);
            case CONTROL_PLANE -> new ControlPlaneServer(catalog, acks, new DefaultProtoResourcesSerializer());
            case CACHING_CONTROL_PLANE -> new ControlPlaneServer(catalog, acks, new CachedProtoResourcesSerializer());
        };
    }
}
