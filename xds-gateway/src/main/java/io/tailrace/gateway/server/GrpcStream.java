package io.tailrace.gateway.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import java.io.InputStream;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call, and the stream that answers it, on the event loop of its connection: gRPC calls there, and so does its worker.
 * One request is read at a time, so a client that floods waits for itself.
 */
final class GrpcStream extends ServerCall.Listener<InputStream> {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcStream.class);

    private final long number;
    private final ServerCall<InputStream, Response> call;
    private final Worker worker;
    private final Variant variant;
    private final FleetObserver observer;
    private final PacedStream stream;
    private boolean ended;
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
        this.stream = new PacedStream(settings, worker.state(), tap, new Wire());
    }

    /** Of the worker's thread: it is known from now on. */
    void begin() {
        worker.streams().add(this);
    }

    @Override
    public void onMessage(InputStream message) {
        worker.run(() -> {
            switch (worker.requests().read(variant, message)) {
                case Incoming.Good(var request) -> stream.take(request);
                case Incoming.Broken(String problem) -> end(Status.INVALID_ARGUMENT.withDescription(problem));
                case Incoming.TooLarge(String problem) -> end(Status.RESOURCE_EXHAUSTED.withDescription(problem));
            }
        });
    }

    @Override
    public void onReady() {
        worker.execute(stream::ready);
    }

    @Override
    public void onHalfClose() {
        worker.run(stream::halfClose);
    }

    @Override
    public void onCancel() {
        worker.run(this::ended);
    }

    @Override
    public void onComplete() {
        worker.run(this::ended);
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

    private final class Wire implements PacedStream.Wire {
        @Override
        public boolean isReady() {
            return call.isReady();
        }

        @Override
        public void send(Response response) {
            call.sendMessage(response);
        }

        @Override
        public void readNext() {
            call.request(1);
        }

        @Override
        public void tell(Fact fact) {
            Node node = stream.node();
            if (node != null) {
                StreamLog.log(number, node, fact);
                observer.told(number, fact);
            }
        }

        @Override
        public void finish() {
            end(Status.OK);
        }

        @Override
        public void fail(Effect.Fail why) {
            end((why.tooMuch() ? Status.RESOURCE_EXHAUSTED : Status.INVALID_ARGUMENT).withDescription(why.text()));
        }

        @Override
        public void failed(RuntimeException failure) {
            LOG.atError().setCause(failure).addKeyValue("stream", number).log("a stream failed and is ended");
            end(Status.INTERNAL.withDescription("the gateway failed on this stream; it has logged why"));
        }

        /** A timer that is set too early looks again when it comes: a push and its ack shall not set and cancel one each. */
        @Override
        public void wakeAt(long ms) {
            if (ms >= timerMs) {
                return;
            }
            if (timer != null) {
                timer.cancel(false);
            }
            timerMs = ms;
            timer = worker.schedule(
                    GrpcStream.this::wake, Math.max(1, ms - worker.state().nowMs()));
        }
    }

    private void wake() {
        timer = null;
        timerMs = Long.MAX_VALUE;
        stream.wake();
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
        if (stream.node() != null) {
            observer.disconnected(number);
        }
        stream.close();
    }
}
