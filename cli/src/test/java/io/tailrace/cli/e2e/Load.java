package io.tailrace.cli.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Steady requests through a proxy, one after the other on each of a few connections, and every answer that isn't right. */
public final class Load implements AutoCloseable {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Duration pause;
    private final List<Thread> threads = new ArrayList<>();

    private Load(List<URI> targets, Duration pause, Predicate<HttpResponse<String>> right) {
        this.pause = pause;
        for (URI target : targets) {
            threads.add(Thread.ofPlatform().daemon().name("load " + target).start(() -> run(target, right)));
        }
    }

    /** A connection for each target; {@code right} says whether an answer is as it should be. */
    public static Load on(List<URI> targets, Predicate<HttpResponse<String>> right) {
        return new Load(targets, Duration.ZERO, right);
    }

    /** Leaves the machine something: each connection rests for {@code pause} after every answer. */
    public static Load paced(List<URI> targets, Duration pause, Predicate<HttpResponse<String>> right) {
        return new Load(targets, pause, right);
    }

    public long answered() {
        return answered.get();
    }

    public List<String> failures() {
        return List.copyOf(failures);
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

    private void run(URI target, Predicate<HttpResponse<String>> right) {
        HttpRequest request =
                HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(30)).build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (running.get()) {
                try {
                    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                    answered.incrementAndGet();
                    if (!right.test(response)) {
                        failures.add(Instant.now() + " " + target + ": " + response.statusCode() + " "
                                + response.headers().map() + " " + response.body());
                    }
                    Thread.sleep(pause);
                } catch (IOException e) {
                    failures.add(Instant.now() + " " + target + ": " + e);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
