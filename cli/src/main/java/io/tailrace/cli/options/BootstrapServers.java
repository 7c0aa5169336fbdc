package io.tailrace.cli.options;

import org.apache.kafka.common.utils.Utils;

/** What {@code --bootstrap-servers} takes, as Kafka's clients read it. */
public final class BootstrapServers {
    private static final int HIGHEST_PORT = 65_535;

    private BootstrapServers() {}

    /** Gives {@code text} back. Throws CommandFailedException that names the address that is none. */
    public static String checked(String text) {
        for (String address : text.split(",", -1)) {
            String host = Utils.getHost(address.strip());
            Integer port = Utils.getPort(address.strip());
            if (host == null || host.isEmpty() || port == null || port < 1 || port > HIGHEST_PORT) {
                throw new CommandFailedException(
                        ExitCode.INVALID,
                        "--bootstrap-servers: found \"" + address + "\", expected HOST:PORT, as in 127.0.0.1:9092");
            }
        }
        return text;
    }
}
