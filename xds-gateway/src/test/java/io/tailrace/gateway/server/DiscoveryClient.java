package io.tailrace.gateway.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream by Envoy's own stubs, message by message: it answers nothing by itself. */
public final class DiscoveryClient<Q, R> implements ClientResponseObserver<Q, R>, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<R> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final ClientCall<Q, R> call;
    private final StreamObserver<Q> requests;
    private boolean paused;
    private boolean mayRead = true;

    public DiscoveryClient(Channel channel, MethodDescriptor<Q, R> method) {
        call = channel.newCall(method, CallOptions.DEFAULT);
        requests = ClientCalls.asyncBidiStreamingCall(call, this);
    }

    public DiscoveryClient<Q, R> send(Q request) {
        requests.onNext(request);
        return this;
    }

    /** After the next response it reads no more: the server's transport fills up. */
    public synchronized void pause() {
        paused = true;
    }

    public synchronized void resume() {
        paused = false;
        read();
    }

    /** It sends nothing more. */
    public DiscoveryClient<Q, R> halfClose() {
        requests.onCompleted();
        return this;
    }

    private synchronized void read() {
        if (!paused && !mayRead) {
            mayRead = true;
            call.request(1);
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        stream.disableAutoRequestWithInitial(1);
    }

    /** The next response. */
    public R next() throws InterruptedException {
        R response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError("no response; the stream's end: " + end.getNow(null));
        }
        return response;
    }

    /** A response that has come already. */
    @Nullable
    public R pending() {
        return responses.peek();
    }

    /** How the stream ends. */
    public Status end() throws Exception {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public boolean isOpen() {
        return !end.isDone();
    }

    @Override
    public void onNext(R response) {
        synchronized (this) {
            mayRead = false;
            read(); // First, as who has this one may pause then.
        }
        responses.add(response);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    @Override
    public void close() {
        call.cancel("the test is over", null);
    }
}
