package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.StreamSettings;
import java.util.ServiceLoader;

/**
 * Sees one stream from its first message on, in the order in which its state machine does: all on the stream's own
 * thread, and it must not throw. A gateway has none, unless a provider lies on the class path: tests put the checker of
 * the protocol there, so that it sees the streams of real Envoys too.
 */
public interface StreamTap {
    StreamTap NONE = new StreamTap() {
        @Override
        public void asked(Request request) {}

        @Override
        public void answered(Effect effect) {}
    };

    void asked(Request request);

    void answered(Effect effect);

    /** A service (see {@link ServiceLoader}) that gives each stream its tap. */
    interface Provider {
        StreamTap tap(StreamSettings settings);

        /** The one on the class path; without one, nobody taps. */
        static Provider installed() {
            return ServiceLoader.load(Provider.class, Provider.class.getClassLoader())
                    .findFirst()
                    .orElse(settings -> NONE);
        }
    }
}
