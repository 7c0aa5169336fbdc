package io.tailrace.gateway.server;

/**
 * Where and how wide the server listens.
 *
 * @param address an IP address or host name to bind
 * @param port 0: a free one
 * @param workers threads that streams are spread over
 * @param maxRequestBytes a delta reconnect that lists 50,000 versions has some 5 MB
 * @param maxStreamsPerConnection an Envoy has one, or one for each type and runtime layer
 * @param firstAnswers of each worker
 * @param drainMs streams that are open when the server closes are ended one after the other over this time
 */
public record XdsServerSettings(
        String address,
        int port,
        int workers,
        int maxRequestBytes,
        int maxStreamsPerConnection,
        FirstAnswerLimits firstAnswers,
        long drainMs) {
    public static XdsServerSettings of(String address, int port) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16);
        return new XdsServerSettings(address, port, workers, 64 << 20, 10_000, FirstAnswerLimits.DEFAULT, 0);
    }

    public XdsServerSettings withFirstAnswers(FirstAnswerLimits limits) {
        return new XdsServerSettings(address, port, workers, maxRequestBytes, maxStreamsPerConnection, limits, drainMs);
    }

    public XdsServerSettings withDrainMs(long ms) {
        return new XdsServerSettings(
                address, port, workers, maxRequestBytes, maxStreamsPerConnection, firstAnswers, ms);
    }
}
