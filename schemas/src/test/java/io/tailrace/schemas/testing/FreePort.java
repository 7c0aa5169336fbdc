package io.tailrace.schemas.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that is free now, for configuration that has to name one before a process binds it. */
public final class FreePort {
    // Below those that systems give to clients: one that tries a port there again and again until its server comes back
    // may be given that very port, and then it has a connection to itself and the server can't bind.
    private static final int LOWEST = 10_000;
    private static final int BEHIND = 32_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEHIND);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " to " + BEHIND);
    }
}
