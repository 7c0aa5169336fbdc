package io.tailrace.bench.process;

import com.google.gson.Gson;
import io.tailrace.bench.server.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The process of a server, as whoever started it sees it: {@link io.tailrace.bench.server.ServerProcess} has its words. */
public final class Server implements Parts.Part {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final ChildProcess process;
    private final int port;

    Server(ChildProcess process) throws InterruptedException {
        this.process = process;
        this.port = Integer.parseInt(process.answer(LIMIT));
    }

    public int port() {
        return port;
    }

    /** `acks`: of what clients have asked for so far. */
    public Measurement run(long acks, Duration warmUp, Duration measured) throws IOException, InterruptedException {
        String answer = process.ask(
                "run " + acks + " " + warmUp.toSeconds() + " " + measured.toSeconds(),
                LIMIT.plus(warmUp).plus(measured));
        return new Gson().fromJson(answer, Measurement.class);
    }

    /** Updates at a pace; returns when each was due. */
    public List<Stamp> pace(double perSecond, Duration duration) throws IOException, InterruptedException {
        return Stamp.parse(process.ask("pace " + perSecond + " " + duration.toSeconds(), LIMIT.plus(duration)));
    }

    /** What every client should have by now. */
    public String truth() throws IOException, InterruptedException {
        return process.ask("truth", LIMIT);
    }

    /** When the last of so many streams came to lack nothing, in microseconds since 1970. */
    public long settledMicros(int streams) throws IOException, InterruptedException {
        return Long.parseLong(process.ask("settled " + streams, LIMIT));
    }

    /** The most bytes that were ever resident. */
    public long peakRssBytes() throws IOException, InterruptedException {
        return Long.parseLong(process.ask("rss", LIMIT));
    }

    /** As `kill -9` does; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
