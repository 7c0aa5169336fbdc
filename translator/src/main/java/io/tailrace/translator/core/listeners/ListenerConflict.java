package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;

/** A listener that is not in force, since another one has its port. */
public record ListenerConflict(GatewayListener loser, GatewayListener winner, Reason reason) {

    public Problem problem(String group) {
        String where = " in group " + group + ": " + winner.title() + " has it";
        if (reason == Reason.HostnameConflict) {
            return Statuses.problem(
                    loser.gateway(),
                    loser.field("hostname"),
                    "\"" + loser.host() + "\" on " + loser.address().listenerName(),
                    "a hostname that no other listener of the port has" + where);
        }
        return Statuses.problem(
                loser.gateway(),
                loser.field("port"),
                loser.spec().getProtocol() + " on " + loser.address().listenerName(),
                "a port that it can share" + where);
    }
}
