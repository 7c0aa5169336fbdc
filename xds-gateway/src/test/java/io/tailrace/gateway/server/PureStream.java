package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of a {@link PureWorker}, and the wire to its client, on which messages stay as long as they like. */
public final class PureStream implements AutoCloseable {
    /** Messages that the transport takes before it isn't ready. */
    private static final int WINDOW = 3;

    private final PacedStream stream;
    private final Executor worker;
    private final Deque<Request> toServer = new ArrayDeque<>();
    private final Deque<Response> toClient = new ArrayDeque<>();
    private boolean reads = true;
    private long timerMs = Long.MAX_VALUE;

    PureStream(StreamSettings settings, LoopState state, StreamTap tap, Consumer<Fact> told, Executor worker) {
        this.stream = new PacedStream(settings, state, tap, new Wire(told));
        this.worker = worker;
    }

    private final class Wire implements PacedStream.Wire {
        private final Consumer<Fact> told;

        Wire(Consumer<Fact> told) {
            this.told = told;
        }

        @Override
        public boolean isReady() {
            return toClient.size() < WINDOW;
        }

        @Override
        public void send(Response response) {
            toClient.add(response);
        }

        @Override
        public void readNext() {
            reads = true;
        }

        @Override
        public void tell(Fact fact) {
            told.accept(fact);
        }

        @Override
        public void finish() {
            throw new AssertionError("no client closes its half");
        }

        @Override
        public void fail(Effect.Fail why) {
            throw new AssertionError(why.text());
        }

        @Override
        public void failed(RuntimeException failure) {
            throw failure;
        }

        @Override
        public void wakeAt(long ms) {
            timerMs = ms;
        }
    }

    public void ask(Request request) {
        toServer.add(request);
    }

    /** The oldest request reaches the stream, if that reads one. */
    public boolean deliver() {
        Request request = reads ? toServer.poll() : null;
        if (request != null) {
            reads = false;
            worker.execute(() -> stream.take(request));
        }
        return request != null;
    }

    /** The oldest response reaches the client. */
    @Nullable
    public Response receive() {
        boolean full = toClient.size() >= WINDOW;
        Response response = toClient.poll();
        if (full && toClient.size() < WINDOW) {
            worker.execute(stream::ready);
        }
        return response;
    }

    /** Nothing is under way. */
    public boolean isSilent() {
        return reads && toServer.isEmpty() && toClient.isEmpty();
    }

    /** When its timer rings; Long.MAX_VALUE: never. */
    public long timerMs() {
        return timerMs;
    }

    /** The timer rings if its moment has come. */
    public void now(long ms) {
        if (timerMs <= ms) {
            timerMs = Long.MAX_VALUE;
            worker.execute(stream::wake);
        }
    }

    /** What is on the wire is lost. */
    @Override
    public void close() {
        stream.close();
        toServer.clear();
        toClient.clear();
        timerMs = Long.MAX_VALUE;
    }
}
