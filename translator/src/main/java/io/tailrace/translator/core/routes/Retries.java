package io.tailrace.translator.core.routes;

import com.google.protobuf.UInt32Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.v1.HTTPRouteRetry;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.translator.core.ProtoDurations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Retries, and the limit of one try, which Envoy has in the same policy. */
final class Retries {
    private static final String RETRIABLE_STATUS_CODES = "retriable-status-codes";
    private static final List<String> DEFAULT_CONDITIONS =
            List.of("connect-failure", "refused-stream", "unavailable", "cancelled", RETRIABLE_STATUS_CODES);
    private static final int DEFAULT_ATTEMPTS = 1;
    // Envoy gives up looking for a host that wasn't tried after so many looks.
    private static final int LOOKS_FOR_ANOTHER_HOST = 5;
    private static final long MOST_PAUSE = 10; // times the least one

    private Retries() {}

    static Optional<RetryPolicy> policy(HTTPRouteRule rule) {
        String perTry = rule.getTimeouts().getBackendRequest();
        if (!rule.hasRetry() && perTry.isEmpty()) {
            return Optional.empty();
        }
        RetryPolicy.Builder policy = rule.hasRetry()
                ? retrying(rule.getRetry())
                : RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(0));
        if (!perTry.isEmpty()) {
            policy.setPerTryTimeout(ProtoDurations.of(perTry));
        }
        return Optional.of(policy.build());
    }

    private static RetryPolicy.Builder retrying(HTTPRouteRetry retry) {
        RetryPolicy.Builder policy = RetryPolicy.newBuilder()
                .setRetryOn(String.join(",", conditions(retry)))
                .addAllRetriableStatusCodes(retry.getCodesList())
                .setNumRetries(UInt32Value.of(retry.hasAttempts() ? retry.getAttempts() : DEFAULT_ATTEMPTS))
                .addRetryHostPredicate(otherHosts())
                .setHostSelectionRetryMaxAttempts(LOOKS_FOR_ANOTHER_HOST);
        if (!retry.getBackoff().isEmpty()) {
            policy.setRetryBackOff(backOff(retry.getBackoff()));
        }
        return policy;
    }

    private static List<String> conditions(HTTPRouteRetry retry) {
        if (retry.getRetryOnList().isEmpty() && retry.getCodesList().isEmpty()) {
            return DEFAULT_CONDITIONS;
        }
        List<String> conditions = new ArrayList<>(retry.getRetryOnList());
        if (retry.getCodesCount() > 0 && !conditions.contains(RETRIABLE_STATUS_CODES)) {
            conditions.add(RETRIABLE_STATUS_CODES);
        }
        return conditions;
    }

    private static RetryPolicy.RetryBackOff backOff(String least) {
        com.google.protobuf.Duration base = ProtoDurations.of(least);
        return RetryPolicy.RetryBackOff.newBuilder()
                .setBaseInterval(base)
                .setMaxInterval(Durations.fromMillis(Durations.toMillis(base) * MOST_PAUSE))
                .build();
    }

    private static RetryPolicy.RetryHostPredicate otherHosts() {
        return RetryPolicy.RetryHostPredicate.newBuilder()
                .setName("envoy.retry_host_predicates.previous_hosts")
                .setTypedConfig(Deterministic.pack(PreviousHostsPredicate.getDefaultInstance()))
                .build();
    }
}
