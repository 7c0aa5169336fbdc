package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a stream an operator should read; pushes and acks are metrics. */
final class StreamLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tailrace.gateway.stream");

    private StreamLog() {}

    static void log(long stream, Node node, Fact fact) {
        var info = LOG.atInfo().addKeyValue("stream", stream).addKeyValue("node", node.id());
        var warn = LOG.atWarn().addKeyValue("stream", stream).addKeyValue("node", node.id());
        switch (fact) {
            case Fact.Connected connected ->
                info.addKeyValue("group", connected.group())
                        .addKeyValue("variant", connected.variant())
                        .log("a node has connected");
            case Fact.Selected selected ->
                info.addKeyValue("group", selected.group()).log("a node belongs to another group");
            case Fact.Rejected rejected ->
                warn.addKeyValue("type", rejected.typeUrl())
                        .addKeyValue("resources", rejected.resources())
                        .addKeyValue("message", rejected.message())
                        .log("a node rejects resources");
            case Fact.Mended mended ->
                info.addKeyValue("type", mended.typeUrl())
                        .addKeyValue("names", mended.names())
                        .log("a node has no more against resources that it rejected");
            case Fact.OrderLimitPassed passed ->
                warn.addKeyValue("type", passed.waitedFor())
                        .log("a node is given what should wait: the limit has passed");
            case Fact.CatchUpLimitPassed _ ->
                warn.log("a node may have newer things than the view: what it has is left alone until Kafka answers");
            case Fact.Large large ->
                warn.addKeyValue("type", large.typeUrl())
                        .addKeyValue("bytes", large.bytes())
                        .log("a response that can't be split is large");
            case Fact.Behind ignored -> {}
            case Fact.Settled ignored -> {}
            case Fact.Reached ignored -> {}
            case Fact.Pushed ignored -> {}
            case Fact.Acked ignored -> {}
        }
    }
}
