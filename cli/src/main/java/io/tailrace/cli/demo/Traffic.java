package io.tailrace.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Requests through the Envoy. */
final class Traffic implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    Traffic(URI target) {
        this.request =
                HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(10)).build();
    }

    /** One request; empty if there is no answer, as before Envoy listens. */
    Optional<HttpResponse<String>> ask() throws InterruptedException {
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many of {@code requests} came from {@code version}. */
    Share share(String version, int requests, double probability) throws InterruptedException {
        long hits = 0;
        for (int i = 0; i < requests; i++) {
            hits += ask().flatMap(answer -> answer.headers().firstValue("x-version"))
                            .filter(version::equals)
                            .isPresent()
                    ? 1
                    : 0;
        }
        return new Share(hits, requests, probability);
    }

    /** Steady requests on a few connections, until it is closed. */
    Load load(int connections) {
        return new Load(connections);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Counts what it asked and what wasn't answered with 200. */
    final class Load implements AutoCloseable {
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();

        private Load(int connections) {
            for (int i = 0; i < connections; i++) {
                threads.add(Thread.ofVirtual().start(this::run));
            }
        }

        long requests() {
            return requests.get();
        }

        long failed() {
            return failed.get();
        }

        @Override
        public void close() {
            running.set(false);
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            try {
                while (running.get()) {
                    boolean right =
                            ask().filter(answer -> answer.statusCode() == 200).isPresent();
                    requests.incrementAndGet();
                    failed.addAndGet(right ? 0 : 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
