package io.tailrace.translator.core.routes;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.translator.core.listeners.GatewayListener;
import io.tailrace.translator.core.status.Statuses;

/** A match that is not in force, since another route has a wholly equal one on the same host. */
public record MatchConflict(GatewayListener listener, ConfigKey loser, Problem problem) {

    MatchConflict(GatewayListener listener, RouteEntry.Place loser, RouteEntry.Place winner) {
        this(
                listener,
                loser.route().route().key(),
                Statuses.problem(
                        loser.route().route(),
                        loser.field(),
                        "the match of " + winner.route().route().title() + ", " + winner.field(),
                        "one that no other route has on a host of " + listener.title()));
    }
}
