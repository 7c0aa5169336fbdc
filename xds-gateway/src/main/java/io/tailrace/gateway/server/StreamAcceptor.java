package io.tailrace.gateway.server;

import io.grpc.ServerCall;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import java.io.InputStream;

/** Takes a call that has come in, and hears of what its client sends. */
interface StreamAcceptor {
    ServerCall.Listener<InputStream> accept(ServerCall<InputStream, Response> call, StreamSettings settings);
}
