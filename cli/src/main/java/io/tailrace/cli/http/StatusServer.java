package io.tailrace.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.schemas.process.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code /healthz} (alive), {@code /readyz} (ready for its work) and {@code /metrics} (Prometheus). The first two
 * answer 200 with "ok", or 503 with the reason; a ready process with trouble says "ok, but" and what it is.
 */
public final class StatusServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private StatusServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Binds on {@code address} and serves at once.
     *
     * @param port 0 takes a free one
     * @throws IOException if the port can't be bound
     */
    public static StatusServer start(InetAddress address, int port, Health health, PrometheusMeterRegistry metrics)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            throw new IOException("port " + port + " can't be used for HTTP: " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                2, Thread.ofPlatform().daemon().name("http-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> answer(exchange, health.notLive(), Optional.empty()));
        server.createContext("/readyz", exchange -> answer(exchange, health.notReady(), health.trouble()));
        server.createContext("/metrics", exchange -> send(exchange, 200, PROMETHEUS, metrics.scrape()));
        server.start();
        return new StatusServer(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Optional<String> reason, Optional<String> trouble)
            throws IOException {
        String ok = trouble.map(what -> "ok, but " + what).orElse("ok");
        send(exchange, reason.isEmpty() ? 200 : 503, TEXT, reason.orElse(ok) + "\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
