package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service that speaks first, as databases do: it says its name, and then gives back what it gets. */
final class TcpBackend implements AutoCloseable {
    private final String name;
    private final ServerSocket server;

    private TcpBackend(String name) throws IOException {
        this.name = name;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("tcp-" + name).start(this::acceptAll);
    }

    static TcpBackend start(String name) {
        try {
            return new TcpBackend(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.getOutputStream().write((name + "\n").getBytes(UTF_8));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The peer went; nobody is left to tell.
        }
    }
}
