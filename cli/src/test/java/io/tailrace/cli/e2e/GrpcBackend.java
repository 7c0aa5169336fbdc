package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gRPC service of one method that answers a text with its own name and that text. */
final class GrpcBackend implements AutoCloseable {
    private static final MethodDescriptor<String, String> SAY = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("echo.Echo/Say")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private final Server server;

    private GrpcBackend(String name) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("echo.Echo")
                        .addMethod(SAY, ServerCalls.asyncUnaryCall((text, answer) -> {
                            answer.onNext(name + " heard " + text);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    static GrpcBackend start(String name) {
        try {
            return new GrpcBackend(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls the service's method over a channel, whatever lies between. */
    static String say(Channel channel, String text) {
        return ClientCalls.blockingUnaryCall(channel, SAY, CallOptions.DEFAULT, text);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
