package io.tailrace.gateway.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.stream.XdsStream;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ViewStep;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call, and the state machine that answers it, on the event loop of its connection: gRPC calls there, and so does its
 * worker. One request is read at a time, so a client that floods waits for itself.
 */
final class GrpcStream extends ServerCall.Listener<InputStream> {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcStream.class);

    private final long number;
    private final ServerCall<InputStream, Response> call;
    private final Worker worker;
    private final Variant variant;
    private final FleetObserver observer;
    private final StreamTap tap;
    private final XdsStream stream;
    private boolean ended;
    private boolean writable = true;
    private @Nullable ViewStep due;
    private @Nullable ScheduledFuture<?> timer;
    private long timerMs = Long.MAX_VALUE;

    GrpcStream(
            long number,
            ServerCall<InputStream, Response> call,
            Worker worker,
            StreamSettings settings,
            FleetObserver observer,
            StreamTap tap) {
        this.number = number;
        this.call = call;
        this.worker = worker;
        this.variant = settings.variant();
        this.observer = observer;
        this.tap = tap;
        this.stream =
                new XdsStream(settings, worker.responses(), worker.subscribers().of(this));
    }

    /** Of the worker's thread: it is known from now on. */
    void begin() {
        worker.streams().add(this);
    }

    @Override
    public void onMessage(InputStream message) {
        worker.run(() -> {
            switch (worker.requests().read(variant, message)) {
                case Incoming.Good(var request) -> {
                    handle(() -> {
                        tap.asked(request);
                        return stream.request(request, worker.view(), worker.nowMs());
                    });
                    if (!ended) {
                        call.request(1);
                    }
                }
                case Incoming.Broken(String problem) -> end(Status.INVALID_ARGUMENT.withDescription(problem));
                case Incoming.TooLarge(String problem) -> end(Status.RESOURCE_EXHAUSTED.withDescription(problem));
            }
        });
    }

    @Override
    public void onReady() {
        worker.execute(() -> {
            if (!writable && call.isReady()) {
                writable = true;
                handle(() -> stream.writable(true, worker.view(), worker.nowMs()));
            }
        });
    }

    @Override
    public void onHalfClose() {
        worker.run(() -> end(Status.OK));
    }

    @Override
    public void onCancel() {
        worker.run(this::ended);
    }

    @Override
    public void onComplete() {
        worker.run(this::ended);
    }

    /** It is told of this before all else. */
    void owe(ViewStep step) {
        due = step;
    }

    void deliver() {
        if (due != null) {
            handle(List::of);
        }
    }

    void caughtUp() {
        handle(() -> stream.caughtUp(worker.view(), worker.nowMs()));
    }

    void end(Status status) {
        if (!ended) {
            ended();
            try {
                call.close(status, new Metadata());
            } catch (IllegalStateException e) {
                // gRPC has closed it before.
            }
        }
    }

    private void handle(Supplier<List<Effect>> step) {
        if (ended) {
            return;
        }
        try {
            ViewStep change = due;
            if (change != null) {
                due = null;
                stream.change(change, worker.nowMs()).forEach(this::apply);
            }
            if (!ended) {
                step.get().forEach(this::apply);
            }
            if (!ended) {
                if (writable && !call.isReady()) {
                    writable = false;
                    stream.writable(false, worker.view(), worker.nowMs()).forEach(this::apply);
                }
                setTimer();
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("stream", number).log("a stream failed and is ended");
            end(Status.INTERNAL.withDescription("the gateway failed on this stream; it has logged why"));
        }
    }

    private void apply(Effect effect) {
        tap.answered(effect);
        switch (effect) {
            case Effect.Send(Response response) -> call.sendMessage(response);
            case Effect.Tell(Fact fact) -> tell(fact);
            case Effect.CatchUp _ -> worker.catchUps().await(this);
            case Effect.Fail(boolean tooMuch, String text) ->
                end((tooMuch ? Status.RESOURCE_EXHAUSTED : Status.INVALID_ARGUMENT).withDescription(text));
        }
    }

    private void tell(Fact fact) {
        Node node = stream.node();
        if (node != null) {
            StreamLog.log(number, node, fact);
            observer.told(number, fact);
        }
    }

    /** One that is set too early looks again when it comes: a push and its ack shall not set and cancel one each. */
    private void setTimer() {
        long now = worker.nowMs();
        long next = stream.nextMs(now);
        if (next >= timerMs) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerMs = next;
        timer = worker.schedule(this::tick, Math.max(1, next - now));
    }

    private void tick() {
        timer = null;
        timerMs = Long.MAX_VALUE;
        handle(() -> stream.tick(worker.view(), worker.nowMs()));
    }

    private void ended() {
        if (ended) {
            return;
        }
        ended = true;
        worker.streams().remove(this);
        if (timer != null) {
            timer.cancel(false);
        }
        stream.close();
        worker.catchUps().leave(this);
        Node node = stream.node();
        if (node != null) {
            observer.disconnected(number);
        }
    }
}
