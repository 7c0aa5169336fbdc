package io.tailrace.bench.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of fake clients, as whoever started it sees it: {@link io.tailrace.bench.fleet.FakeFleet} has its words. */
public final class Clients implements Parts.Part {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SECONDS_TO_ACK = 60;

    private final ChildProcess process;

    Clients(ChildProcess process) {
        this.process = process;
    }

    /** Returns once every client has every name, with the responses that were acked so far. */
    public long ready() throws IOException, InterruptedException {
        return number("ready");
    }

    /** When that came to be, in microseconds since 1970. */
    public long completeMicros() throws IOException, InterruptedException {
        return number("complete");
    }

    /** Throws unless every client has the truth, a hash for each name. */
    public void check(String truth) throws IOException, InterruptedException {
        long wrong = number("check " + truth);
        if (wrong != 0) {
            throw new BenchFailedException(wrong + " resources of its clients are not what was published");
        }
    }

    /** As {@link #check}, once what is on its way has come. */
    public void awaitTruth(String truth) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_ACK);
        while (System.nanoTime() < end && number("check " + truth) != 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        check(truth);
    }

    public long receivedBytes() throws IOException, InterruptedException {
        return number("received");
    }

    /** From now on acks are timed, but those of the first clients. */
    public void watch(int first) throws IOException, InterruptedException {
        ask("watch " + first);
    }

    /** Returns when all whose acks are timed have acked so many editions, with the moment for each. */
    public List<Stamp> acked(int editions) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_ACK);
        long acked = number("acked");
        while (acked < editions) {
            if (System.nanoTime() > end) {
                throw new BenchFailedException(
                        acked + " events of " + editions + " were acked by all within " + SECONDS_TO_ACK + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
            acked = number("acked");
        }
        return Stamp.parse(ask("times"));
    }

    /** The first connections read nothing. */
    public void stall(int connections) throws IOException, InterruptedException {
        ask("stall " + connections);
    }

    /** And go on. */
    public void resume(int connections) throws IOException, InterruptedException {
        ask("resume " + connections);
    }

    /** The server may die: that is no failure. */
    public void expectLoss() throws IOException, InterruptedException {
        ask("lose");
    }

    /**
     * All connect to this port at once; returns when that began, in microseconds since 1970.
     *
     * @param knowing they say which versions they have
     */
    public long connectAgain(int port, boolean knowing) throws IOException, InterruptedException {
        return number("again " + port + (knowing ? " knowing" : " forgetful"));
    }

    private long number(String question) throws IOException, InterruptedException {
        return Long.parseLong(ask(question));
    }

    private String ask(String question) throws IOException, InterruptedException {
        return process.ask(question, LIMIT);
    }

    @Override
    public void close() {
        process.close();
    }
}
