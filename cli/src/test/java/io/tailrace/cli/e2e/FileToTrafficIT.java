package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.schemas.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files say is what real responses through a real Envoy show. */
class FileToTrafficIT {
    private static final int HTTP = FreePort.next();
    private static final int TCP = FreePort.next();
    private static final Duration LIVE = Duration.ofMinutes(2);

    private static World world;
    private static HttpBackend one;
    private static HttpBackend two;
    private static Web web;

    @BeforeAll
    static void start(@TempDir Path root) throws Exception {
        world = World.start(root);
        one = world.with(HttpBackend.start("one"));
        two = world.with(HttpBackend.start("two"));
        web = world.with(new Web(HTTP));
        world.write("gateway.yaml", """
            kind: Gateway
            metadata: {name: edge}
            spec:
              groups: [edge]
              listeners:
                - {name: http, address: 127.0.0.1, port: %d, protocol: HTTP}
                - {name: tcp, address: 127.0.0.1, port: %d, protocol: TCP}
            """.formatted(HTTP, TCP));
        for (String name : new String[] {"one", "two"}) {
            world.service(name, "HTTP1");
        }
        world.endpoint("one", "one-a", one.port());
        world.endpoint("two", "two-a", two.port());
        world.envoy("edge", "edge-1", Variant.DELTA);
        // From here on Envoy listens, and a request that fails to connect is a defect.
        await().atMost(LIVE).ignoreExceptions().until(() -> web.get("/").statusCode() == 404);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void pathsAreMatchedByPrecedenceNotByOrder() throws Exception {
        rules("paths", """
            - {matches: [{path: {value: /paths}}], backendRefs: [{name: one, port: 80}]}
            - {matches: [{path: {value: /paths/deep}}], backendRefs: [{name: two, port: 80}]}
            - matches: [{path: {type: Exact, value: /paths/deep/exact}}]
              filters: [{type: DirectResponse, directResponse: {status: 201, body: exact}}]
            - matches: [{path: {type: RegularExpression, value: "/paths/[0-9]+"}}]
              filters: [{type: DirectResponse, directResponse: {status: 202, body: regex}}]
            """);

        awaitBackend("/paths/any", "one");
        assertThat(backend("/paths/deep/more")).isEqualTo("two");
        assertThat(web.get("/paths/deep/exact").statusCode()).isEqualTo(201);
        assertThat(web.get("/paths/42").body()).isEqualTo("regex");
        assertThat(web.get("/pathsuffix").statusCode()).isEqualTo(404);
    }

    @Test
    void weightsShareRequestsOut() throws Exception {
        rules("weights", """
            - matches: [{path: {value: /weights}}]
              backendRefs: [{name: one, port: 80, weight: 80}, {name: two, port: 80, weight: 20}]
            """);
        await().atMost(LIVE).until(() -> web.get("/weights").statusCode() == 200);

        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            answers.merge(backend("/weights"), 1, Integer::sum);
        }

        // Seven standard deviations of a binomial distribution (12.6): a right split fails once in 10^11 runs.
        assertThat(answers.getOrDefault("two", 0)).isBetween(200 - 89, 200 + 89);
        assertThat(answers.keySet()).containsExactly("one", "two");
    }

    @Test
    void pathsAndHostsAreRewritten() throws Exception {
        rules("rewrites", """
            - matches: [{path: {value: /rewrite/prefix}}]
              filters:
                - type: URLRewrite
                  urlRewrite:
                    hostname: inner.example
                    path: {type: ReplacePrefixMatch, replacePrefixMatch: /inner}
              backendRefs: [{name: one, port: 80}]
            - matches: [{path: {value: /rewrite/full}}]
              filters:
                - {type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /whole}}}
              backendRefs: [{name: one, port: 80}]
            """);

        awaitBackend("/rewrite/prefix/a?b=c", "one");
        assertThat(web.get("/rewrite/prefix/a?b=c").body()).contains("path: /inner/a?b=c\n", "host: inner.example\n");
        assertThat(web.get("/rewrite/full/a?b=c").body()).contains("path: /whole?b=c\n");
    }

    @Test
    void redirectsAndDirectResponsesNeedNoBackend() throws Exception {
        rules("redirects", """
            - matches: [{path: {value: /redirect}}]
              filters:
                - type: RequestRedirect
                  requestRedirect: {scheme: https, hostname: there.example, statusCode: 301}
            - matches: [{path: {value: /direct}}]
              filters: [{type: DirectResponse, directResponse: {status: 418, body: teapot}}]
            """);

        await().atMost(LIVE).until(() -> web.get("/redirect/on").statusCode() == 301);
        assertThat(web.get("/redirect/on").headers().firstValue("location"))
                .hasValue("https://there.example/redirect/on");
        HttpResponse<String> direct = web.get("/direct");
        assertThat(direct.statusCode()).isEqualTo(418);
        assertThat(direct.body()).isEqualTo("teapot");
    }

    @Test
    void headersQueriesAndMethodsAreMatched() throws Exception {
        rules("matches", """
            - {matches: [{path: {value: /match}}], backendRefs: [{name: one, port: 80}]}
            - matches:
                - path: {value: /match}
                  headers: [{name: X-Color, value: blue}]
                - path: {value: /match}
                  queryParams: [{type: RegularExpression, name: size, value: "[0-9]+"}]
                - path: {value: /match}
                  method: PUT
              backendRefs: [{name: two, port: 80}]
            """);

        awaitBackend("/match", "one");
        assertThat(backend("/match", "x-color", "blue")).isEqualTo("two");
        assertThat(backend("/match", "x-color", "red")).isEqualTo("one");
        assertThat(backend("/match?size=12")).isEqualTo("two");
        assertThat(backend("/match?size=big")).isEqualTo("one");
        assertThat(web.send("PUT", "/match").headers().firstValue("x-backend")).hasValue("two");
    }

    @Test
    void headersAreModifiedOnTheWayInAndOut() throws Exception {
        rules("headers", """
            - matches: [{path: {value: /headers}}]
              filters:
                - type: RequestHeaderModifier
                  requestHeaderModifier:
                    set: [{name: x-set, value: "100%"}]
                    add: [{name: x-add, value: more}]
                    remove: [x-gone]
                - type: ResponseHeaderModifier
                  responseHeaderModifier: {set: [{name: x-out, value: "yes"}], remove: [x-from-backend]}
              backendRefs: [{name: one, port: 80}]
            """);

        awaitBackend("/headers", "one");
        HttpResponse<String> answer = web.get("/headers", "x-set", "old", "x-add", "first", "x-gone", "1");
        assertThat(answer.body()).contains("x-set: 100%\n", "x-add: first\n", "x-add: more\n");
        assertThat(answer.body()).doesNotContain("x-gone", "x-set: old");
        assertThat(answer.headers().firstValue("x-out")).hasValue("yes");
        assertThat(answer.headers().firstValue("x-from-backend")).isEmpty();
    }

    @Test
    void failuresAreRetriedAndSlowAnswersTimeOut() throws Exception {
        HttpBackend frail = world.with(HttpBackend.start("frail"));
        world.service("frail", "HTTP1");
        world.endpoint("frail", "frail-a", frail.port());
        rules("retries", """
            - matches: [{path: {value: /retry}}]
              retry: {attempts: 2, backoff: 5ms, codes: [503]}
              backendRefs: [{name: frail, port: 80}]
            - matches: [{path: {value: /hurry}}]
              timeouts: {request: 200ms}
              backendRefs: [{name: frail, port: 80}]
            """);
        awaitBackend("/retry", "frail");

        int before = frail.requests();
        frail.failNext(2);
        assertThat(web.get("/retry").statusCode()).isEqualTo(200);
        assertThat(frail.requests() - before).isEqualTo(3);
        frail.failNext(3);
        assertThat(web.get("/retry").statusCode()).isEqualTo(503);

        frail.delayMillis(5_000);
        assertThat(web.get("/hurry").statusCode()).isEqualTo(504);
    }

    @Test
    void hostsChooseAmongRoutes() throws Exception {
        world.write("route-hosts.yaml", """
            kind: HTTPRoute
            metadata: {name: hosts}
            spec:
              parentRefs: [{name: edge}]
              hostnames: [shop.example, "*.wild.example"]
              rules: [{backendRefs: [{name: two, port: 80}]}]
            """);

        await().atMost(LIVE).until(() -> web.get("/h", "host", "shop.example").statusCode() == 200);
        assertThat(backend("/h", "host", "SHOP.example")).isEqualTo("two");
        assertThat(backend("/h", "host", "a.b.wild.example")).isEqualTo("two");
        assertThat(web.get("/h", "host", "wild.example").statusCode()).isEqualTo(404);
    }

    @Test
    void aMissingBackendAnswers500ForItsOwnShareOnly() throws Exception {
        rules("missing", """
            - matches: [{path: {value: /half}}]
              backendRefs: [{name: one, port: 80}, {name: nowhere, port: 80}]
            - matches: [{path: {value: /gone}}]
              backendRefs: [{name: nowhere, port: 80}]
            """);
        await().atMost(LIVE).until(() -> web.get("/gone").statusCode() == 500);

        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            statuses.merge(web.get("/half").statusCode(), 1, Integer::sum);
        }

        assertThat(statuses.keySet()).containsExactly(200, 500);
        assertThat(statuses.getOrDefault(500, 0)).isBetween(200 - 70, 200 + 70);
    }

    @Test
    void anInvalidVersionLeavesTheOneBeforeInForce() throws Exception {
        rules("kept", "- {matches: [{path: {value: /kept}}], backendRefs: [{name: one, port: 80}]}\n");
        awaitBackend("/kept", "one");

        rules("kept", "- {matches: [{path: {type: RegularExpression, value: '(unclosed'}}]}\n");
        rules("after", "- {matches: [{path: {value: /after}}], backendRefs: [{name: two, port: 80}]}\n");

        awaitBackend("/after", "two");
        assertThat(backend("/kept")).isEqualTo("one");
    }

    @Test
    void http2AndGrpcUpstreamsAreSpokenTo() throws Exception {
        GrpcBackend grpc = world.with(GrpcBackend.start("grpc"));
        HttpBackend modern = world.with(HttpBackend.start("modern"));
        world.service("modern", "HTTP2");
        world.endpoint("modern", "modern-a", modern.port());
        world.service("grpc", "GRPC");
        world.endpoint("grpc", "grpc-a", grpc.port());
        rules("http2", """
            - {matches: [{path: {value: /modern}}], backendRefs: [{name: modern, port: 80}]}
            - {matches: [{path: {value: /echo.Echo}}], backendRefs: [{name: grpc, port: 80}]}
            """);

        awaitBackend("/modern", "modern");
        assertThat(web.get("/modern").body()).contains("protocol: HTTP/2\n");
        assertThat(web.get("/paths-none").statusCode()).isEqualTo(404);
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", HTTP).usePlaintext().build();
        try {
            await().atMost(LIVE)
                    .ignoreExceptions()
                    .until(() -> GrpcBackend.say(channel, "hello"), "grpc heard hello"::equals);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void connectionsGoWhereATcpRouteSays() throws Exception {
        TcpBackend database = world.with(TcpBackend.start("database"));
        world.service("database", "TCP");
        world.endpoint("database", "database-a", database.port());
        world.write("route-tcp.yaml", """
            kind: TCPRoute
            metadata: {name: database}
            spec:
              parentRefs: [{name: edge, sectionName: tcp}]
              rules: [{backendRefs: [{name: database, port: 80}]}]
            """);

        await().atMost(LIVE).ignoreExceptions().until(FileToTrafficIT::greeting, "database"::equals);
    }

    private static void rules(String name, String rules) throws IOException {
        world.write("route-" + name + ".yaml", """
            kind: HTTPRoute
            metadata: {name: %s}
            spec:
              parentRefs: [{name: edge}]
              rules:
            %s""".formatted(name, rules.indent(4)));
    }

    private static void awaitBackend(String path, String name) {
        await().atMost(LIVE).ignoreExceptions().until(() -> backend(path), name::equals);
    }

    private static String backend(String path, String... headers) throws IOException, InterruptedException {
        return web.get(path, headers).headers().firstValue("x-backend").orElse("none");
    }

    private static String greeting() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TCP)) {
            return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
        }
    }
}
