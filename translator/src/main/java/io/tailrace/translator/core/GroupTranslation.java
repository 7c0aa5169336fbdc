package io.tailrace.translator.core;

import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.translator.core.backends.Backends;
import io.tailrace.translator.core.listeners.Attachments;
import io.tailrace.translator.core.listeners.ListenerConflict;
import io.tailrace.translator.core.listeners.PortTable;
import io.tailrace.translator.core.raw.RawResources;
import io.tailrace.translator.core.status.Conditions;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;
import java.util.ArrayList;
import java.util.List;

/**
 * From the objects that concern a group to all that its nodes get: equal inputs, equal output, whatever their order. One bad
 * object harms only itself: a dangling reference answers 500 for its own matches, who comes second on a port or a match
 * waits, and both are said in the statuses.
 */
public final class GroupTranslation {
    /** Grows when the same inputs give other bytes than before: translators then translate everything anew. */
    public static final int CODE = 1;

    private GroupTranslation() {}

    public static Translation translate(GroupInputs inputs) {
        GroupOutput output = new GroupOutput(inputs.group());
        List<Placed<Gateway>> gateways = inputs.all(Kind.GATEWAY, Gateway.class).stream()
                .filter(gateway -> gateway.value().getSpec().getGroupsList().contains(inputs.group()))
                .toList();
        PortTable ports = PortTable.of(gateways);
        Attachments attachments = new Attachments(inputs.group(), gateways, ports);
        Backends backends = new Backends(inputs);
        HttpTranslation http = new HttpTranslation(inputs, attachments, backends);
        TcpTranslation tcp = new TcpTranslation(inputs, attachments, backends);
        ports.ports().forEach((address, listeners) -> {
            if (listeners.getFirst().isHttp()) {
                http.port(address, listeners, output);
            } else {
                tcp.port(listeners.getFirst(), output);
            }
        });
        http.report(output);
        tcp.report(output);
        gateways.forEach(gateway -> report(gateway, ports, output));
        addRaw(inputs, backends, output);
        return output.translation();
    }

    private static void report(Placed<Gateway> gateway, PortTable ports, GroupOutput output) {
        List<ListenerConflict> lost = ports.conflicts().stream()
                .filter(conflict -> conflict.loser().gateway().equals(gateway))
                .toList();
        List<Problem> problems =
                lost.stream().map(conflict -> conflict.problem(output.group())).toList();
        List<Condition> conditions = new ArrayList<>();
        if (lost.isEmpty()) {
            conditions.add(Conditions.accepted());
        } else {
            boolean all = lost.size() == gateway.value().getSpec().getListenersCount();
            conditions.add(
                    all
                            ? Conditions.notAccepted(Reason.ListenersNotValid, problems)
                            : Conditions.acceptedInPart(Reason.ListenersNotValid, problems));
            conditions.add(Conditions.conflicted(lost.getFirst().reason(), problems));
        }
        output.say(gateway.key(), Statuses.of(gateway.revision(), conditions));
    }

    private static void addRaw(GroupInputs inputs, Backends backends, GroupOutput output) {
        List<Placed<EnvoyResource>> objects = inputs.all(Kind.ENVOY_RESOURCE, EnvoyResource.class).stream()
                .filter(object -> object.value().getSpec().getGroupsList().contains(inputs.group()))
                .toList();
        RawResources raw = RawResources.of(inputs.group(), objects, output.resourcesOf(ResourceTypes.LISTENER));
        raw.resources().forEach(output::add);
        raw.statuses().forEach(output::say);
        objects.stream()
                .map(object -> object.key().mesh())
                .distinct()
                .forEach(mesh -> raw.clusters()
                        .flatMap(cluster -> backends.find(mesh, cluster).stream())
                        .forEach(output::use));
    }
}
