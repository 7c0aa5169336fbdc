package io.tailrace.schemas.topic;

import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** Says what Kafka refuses to a principal, in words that name the permission to give. */
public final class Denial {
    private Denial() {}

    /**
     * The permission that is missing, or why nobody is let in; empty: {@code thrown} is about something else.
     *
     * @param wanted "Read", "Write", "Create" or another operation: what was to be done with a topic, since Kafka's answer
     *     only names the topic
     * @param transactionalId of the producer that met it, which Kafka's answer doesn't name; empty: there is none
     */
    public static Optional<String> text(Throwable thrown, String wanted, String transactionalId) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof AuthenticationException) {
                return Optional.of("Kafka doesn't let this process in: " + e.getMessage()
                        + "; see the sasl.* and ssl.* settings of --kafka-config");
            }
            if (e instanceof AuthorizationException denied) {
                return Optional.of("Kafka denies this process " + missing(denied, wanted, transactionalId)
                        + "; KAFKA-SECURITY.md lists what each process needs");
            }
        }
        return Optional.empty();
    }

    /** For what has no transactions. */
    public static Optional<String> text(Throwable thrown, String wanted) {
        return text(thrown, wanted, "");
    }

    private static String missing(AuthorizationException e, String wanted, String transactionalId) {
        if (e instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return wanted + " on the topic " + String.join(", ", new TreeSet<>(topics.unauthorizedTopics()));
        }
        if (e instanceof GroupAuthorizationException group && group.groupId() != null) {
            return "Read on the group " + group.groupId();
        }
        if (e instanceof TransactionalIdAuthorizationException && !transactionalId.isEmpty()) {
            return "Write on the transactional id " + transactionalId;
        }
        if (e instanceof ClusterAuthorizationException) {
            return wanted + " on the cluster";
        }
        return "something: " + e.getMessage();
    }
}
