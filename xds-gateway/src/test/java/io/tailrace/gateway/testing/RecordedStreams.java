package io.tailrace.gateway.testing;

import io.tailrace.gateway.server.StreamTap;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the streams of every gateway in this JVM through the checker, those of real Envoys too. Found by being on the class
 * path; a test asks at its end, by {@link #verify} or as an extension. What a process of its own prints, it gives to
 * {@link #verify(String)}.
 */
public final class RecordedStreams implements StreamTap.Provider, AfterEachCallback {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedStreams.class);
    private static final String BROKE = "a stream broke a rule of the protocol: ";
    private static final List<AssertionError> BROKEN = new CopyOnWriteArrayList<>();
    private static final AtomicLong RESPONSES = new AtomicLong();

    @Override
    public StreamTap tap(StreamSettings settings) {
        return new Recorded(settings);
    }

    /** Fails with the first rule that a stream broke since the last time, and the whole stream up to there. */
    public static void verify() {
        if (!BROKEN.isEmpty()) {
            AssertionError first = BROKEN.getFirst();
            BROKEN.clear();
            throw first;
        }
    }

    /** Fails if a stream of a gateway in the process that printed this broke a rule. */
    public static void verify(String printed) {
        int at = printed.indexOf(BROKE);
        if (at >= 0) {
            throw new AssertionError(printed.substring(at));
        }
    }

    /** How many responses were checked in this JVM. */
    public static long responses() {
        return RESPONSES.get();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        verify();
    }

    /** Belongs to the stream's thread. */
    private static final class Recorded implements StreamTap {
        private final StreamSettings settings;
        private final StreamChecker checker;
        private boolean broken;

        Recorded(StreamSettings settings) {
            this.settings = settings;
            this.checker = new StreamChecker(settings);
        }

        @Override
        public void asked(Request request) {
            String own = settings.typeUrl();
            String typeUrl = request.typeUrl().isEmpty() && own != null ? own : request.typeUrl();
            check(() -> checker.asked(
                    new Request(request.node(), typeUrl, request.nonce(), request.error(), request.names())));
        }

        @Override
        public void answered(Effect effect) {
            switch (effect) {
                case Effect.Send(Response response) -> {
                    RESPONSES.incrementAndGet();
                    check(() -> checker.answered(Answer.of(response)));
                }
                case Effect.Tell(Fact fact) -> {
                    if (fact instanceof Fact.OrderLimitPassed) {
                        checker.limitPassed();
                    }
                }
                case Effect.CatchUp _, Effect.Fail _ -> {}
            }
        }

        private void check(Runnable step) {
            if (!broken) {
                try {
                    step.run();
                } catch (AssertionError e) {
                    broken = true;
                    BROKEN.add(e);
                    LOG.error(BROKE + e.getMessage());
                }
            }
        }
    }
}
