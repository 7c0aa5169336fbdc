package io.tailrace.translator.core.routes;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.tailrace.schemas.v1.HTTPDirectResponseFilter;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPURLRewriteFilter;
import io.tailrace.translator.core.ProtoDurations;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.List;

/** What a route does with a request that it doesn't redirect. */
final class RouteActions {
    private RouteActions() {}

    static DirectResponseAction directResponse(HTTPDirectResponseFilter filter) {
        DirectResponseAction.Builder action = DirectResponseAction.newBuilder().setStatus(filter.getStatus());
        return filter.getBody().isEmpty()
                ? action.build()
                : action.setBody(DataSource.newBuilder().setInlineString(filter.getBody()))
                        .build();
    }

    /** Nobody is there to answer. */
    static DirectResponseAction noBackend() {
        return DirectResponseAction.newBuilder().setStatus(500).build();
    }

    static RouteAction forward(ResolvedRule rule, PathMatch match) {
        RouteAction.Builder action = RouteAction.newBuilder();
        if (rule.isPlain()) {
            action.setCluster(rule.backends().getFirst().cluster());
        } else {
            action.setWeightedClusters(weighted(rule));
        }
        if (rule.backends().stream().anyMatch(backend -> backend.backend() instanceof Backend.Missing)) {
            action.setClusterNotFoundResponseCode(ClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR);
        }
        if (rule.backends().stream().anyMatch(WeightedBackend::hashes)) {
            action.addHashPolicy(sourceIp());
        }
        rewrite(action, rule.filters(), match);
        limits(action, rule.spec());
        return action.build();
    }

    private static WeightedCluster weighted(ResolvedRule rule) {
        WeightedCluster.Builder clusters = WeightedCluster.newBuilder();
        List<WeightedBackend> backends = rule.backends();
        for (int i = 0; i < backends.size(); i++) {
            HeaderChanges request = rule.requestHeadersOfBackend(i);
            HeaderChanges response = rule.responseHeadersOfBackend(i);
            clusters.addClusters(WeightedCluster.ClusterWeight.newBuilder()
                    .setName(backends.get(i).cluster())
                    .setWeight(UInt32Value.of(backends.get(i).weight()))
                    .addAllRequestHeadersToAdd(request.toAdd())
                    .addAllRequestHeadersToRemove(request.toRemove())
                    .addAllResponseHeadersToAdd(response.toAdd())
                    .addAllResponseHeadersToRemove(response.toRemove()));
        }
        return clusters.build();
    }

    /** What a ring or Maglev table is asked by, as long as users can't say it themselves. */
    private static RouteAction.HashPolicy sourceIp() {
        return RouteAction.HashPolicy.newBuilder()
                .setConnectionProperties(
                        RouteAction.HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true))
                .build();
    }

    private static void rewrite(RouteAction.Builder action, RuleFilters filters, PathMatch match) {
        filters.of(HTTPRouteFilter.Type.URLRewrite).ifPresent(filter -> {
            HTTPURLRewriteFilter rewrite = filter.getUrlRewrite();
            if (!rewrite.getHostname().isEmpty()) {
                action.setHostRewriteLiteral(rewrite.getHostname());
            }
            PathRewrite.of(rewrite.getPath(), match).apply(action);
        });
    }

    private static void limits(RouteAction.Builder action, HTTPRouteRule rule) {
        if (!rule.getTimeouts().getRequest().isEmpty()) {
            action.setTimeout(ProtoDurations.of(rule.getTimeouts().getRequest()));
        }
        Retries.policy(rule).ifPresent(action::setRetryPolicy);
    }
}
