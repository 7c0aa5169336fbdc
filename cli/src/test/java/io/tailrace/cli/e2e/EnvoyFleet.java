package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many real Envoys, by delta and by state of the world in turns, two and two at one gateway and at another. Each is a group of
 * its own, since all are on one machine: a port, and a listener that says in an access log how each request ended.
 */
final class EnvoyFleet {
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Pattern ENDED = Pattern.compile("\\S+ (\\S+)");

    private final World world;
    private final List<Member> members;
    private final Map<URI, String> changes = new ConcurrentHashMap<>();
    private List<EnvoyNode> envoys = List.of();

    private record Member(String id, Variant variant, HostAndPort gateway, int port, Path accessLog) {
        URI uri() {
            return URI.create("http://127.0.0.1:" + port + "/");
        }
    }

    EnvoyFleet(World world, int size, List<HostAndPort> gateways) {
        this.world = world;
        this.members = IntStream.range(0, size)
                .mapToObj(i -> {
                    Variant variant = i % 2 == 0 ? Variant.DELTA : Variant.SOTW;
                    String id = variant.name().toLowerCase(Locale.ROOT) + "-" + i;
                    HostAndPort gateway = gateways.get(i / 2 % gateways.size());
                    Path accessLog = world.folder(id).resolve("access.log");
                    return new Member(id, variant, gateway, FreePort.next(), accessLog);
                })
                .toList();
    }

    List<String> groups() {
        return members.stream().map(Member::id).toList();
    }

    /** A Gateway for each, and its listener with the access log in the place of the translated one. */
    String manifests() {
        return members.stream()
                .map(member -> """
                    kind: Gateway
                    metadata: {name: %1$s}
                    spec:
                      groups: [%1$s]
                      listeners: [{name: http, address: 127.0.0.1, port: %2$d, protocol: HTTP}]
                    ---
                    kind: EnvoyResource
                    metadata: {name: %1$s}
                    spec:
                      groups: [%1$s]
                      resource:
                        "@type": type.googleapis.com/envoy.config.listener.v3.Listener
                        name: 127.0.0.1_%2$d
                        address: {socketAddress: {address: 127.0.0.1, portValue: %2$d}}
                        filterChains:
                          - filters:
                              - name: http
                                typedConfig:
                                  "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                                  statPrefix: http
                                  rds:
                                    configSource: {ads: {}, resourceApiVersion: V3}
                                    routeConfigName: 127.0.0.1_%2$d
                                  httpFilters:
                                    - name: router
                                      typedConfig:
                                        "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                                  accessLog:
                                    - name: file
                                      typedConfig:
                                        "@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog
                                        path: %3$s
                                        logFormat:
                                          textFormatSource: {inlineString: "%%RESPONSE_CODE%% %%RESPONSE_FLAGS%%\\n"}
                    """.formatted(member.id(), member.port(), member.accessLog()))
                .collect(Collectors.joining("---\n"));
    }

    /** Starts all, and returns when each answers. */
    void start() {
        // These threads live as long as the Envoys: one is told to end when the thread that started it is gone.
        ExecutorService starts = world.with(Executors.newFixedThreadPool(members.size()));
        List<CompletableFuture<EnvoyNode>> started = members.stream()
                .map(member -> CompletableFuture.supplyAsync(() -> start(member), starts))
                .toList();
        envoys = started.stream().map(CompletableFuture::join).toList();
        for (Member member : members) {
            Web web = world.with(new Web(member.port()));
            await(member.id())
                    .atMost(LIVE)
                    .ignoreExceptions()
                    .until(() -> web.get("/").statusCode() == 200);
        }
    }

    private EnvoyNode start(Member member) {
        BootstrapSpec spec =
                new BootstrapSpec(member.id(), member.id(), "default", List.of(member.gateway()), member.variant(), 0);
        return world.envoy(spec, "--concurrency", "1", "--file-flush-interval-msec", "100");
    }

    /** Requests through each one after the other, all of which must be answered with 200. */
    Load load() {
        return Load.paced(members.stream().map(Member::uri).toList(), PAUSE, this::isRight);
    }

    private boolean isRight(HttpResponse<String> answer) {
        answer.headers()
                .firstValue("x-change")
                .ifPresent(change -> changes.put(answer.request().uri(), change));
        return answer.statusCode() == 200;
    }

    /** Under load, returns when each has answered by the routes of this change. */
    void awaitChange(int change) {
        await("change " + change)
                .atMost(LIVE)
                .untilAsserted(() -> assertThat(changes)
                        .hasSize(members.size())
                        .allSatisfy((uri, shown) -> assertThat(shown).isEqualTo(Integer.toString(change))));
    }

    /** Returns when it holds for each. */
    void awaitEach(String what, Predicate<EnvoyNode> holds) {
        for (EnvoyNode envoy : envoys) {
            await(what).atMost(LIVE).pollDelay(Duration.ZERO).until(() -> holds.test(envoy));
        }
    }

    <T> Map<EnvoyNode, T> each(Function<EnvoyNode, T> question) {
        return envoys.stream().collect(Collectors.toMap(Function.identity(), question));
    }

    /** The flags of every request that the access logs tell of: {@code -} if there is nothing to say of it. */
    Map<String, Long> responseFlags() {
        return accessLines().stream()
                .map(line -> ENDED.matcher(line).replaceAll("$1"))
                .collect(Collectors.groupingBy(flags -> flags, Collectors.counting()));
    }

    /** How many requests the access logs tell of. */
    long logged() {
        return accessLines().size();
    }

    private List<String> accessLines() {
        List<String> lines = new ArrayList<>();
        for (Member member : members) {
            try {
                lines.addAll(Files.readAllLines(member.accessLog()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }
}
