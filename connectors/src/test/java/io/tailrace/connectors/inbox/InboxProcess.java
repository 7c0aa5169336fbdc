package io.tailrace.connectors.inbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An inbox connector in a process of its own, which a test can kill as nothing else can. */
final class InboxProcess {
    private InboxProcess() {}

    static Process start(String bootstrapServers, Topics topics) throws IOException {
        return new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        InboxProcess.class.getName(),
                        bootstrapServers,
                        topics.prefix()))
                .inheritIO()
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        InboxSettings settings = new InboxSettings(
                Map.of("bootstrap.servers", arguments[0]),
                new Topics(arguments[1]),
                UUID.randomUUID().toString(),
                50);
        try (InboxConnector inbox = new InboxConnector(settings, new SimpleMeterRegistry())) {
            inbox.start();
            Thread.currentThread().join();
        }
    }
}
