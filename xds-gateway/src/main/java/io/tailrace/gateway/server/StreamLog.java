package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What of a stream an operator should read; pushes and acks are metrics. */
final class StreamLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tailrace.gateway.stream");

    private StreamLog() {}

    static void log(long stream, Node node, Fact fact) {
        switch (fact) {
            case Fact.Connected connected ->
                info(stream, node)
                        .addKeyValue("group", connected.group())
                        .addKeyValue("variant", connected.variant())
                        .log("a node has connected");
            case Fact.Selected selected ->
                info(stream, node).addKeyValue("group", selected.group()).log("a node belongs to another group");
            case Fact.Rejected rejected ->
                warn(stream, node)
                        .addKeyValue("type", rejected.typeUrl())
                        .addKeyValue("resources", rejected.resources())
                        .addKeyValue("message", rejected.message())
                        .log("a node rejects resources");
            case Fact.Mended mended ->
                info(stream, node)
                        .addKeyValue("type", mended.typeUrl())
                        .addKeyValue("names", mended.names())
                        .log("a node has no more against resources that it rejected");
            case Fact.OrderLimitPassed passed ->
                warn(stream, node)
                        .addKeyValue("type", passed.waitedFor())
                        .log("a node is given what should wait: the limit has passed");
            case Fact.CatchUpLimitPassed _ ->
                warn(stream, node)
                        .log(
                                "a node may have newer things than the view: what it has is left alone until Kafka answers");
            case Fact.Large large ->
                warn(stream, node)
                        .addKeyValue("type", large.typeUrl())
                        .addKeyValue("bytes", large.bytes())
                        .log("a response that can't be split is large");
            case Fact.Behind _, Fact.Settled _, Fact.Reached _, Fact.Pushed _, Fact.Refreshed _, Fact.Acked _ -> {}
        }
    }

    private static LoggingEventBuilder info(long stream, Node node) {
        return LOG.atInfo().addKeyValue("stream", stream).addKeyValue("node", node.id());
    }

    private static LoggingEventBuilder warn(long stream, Node node) {
        return LOG.atWarn().addKeyValue("stream", stream).addKeyValue("node", node.id());
    }
}
