package io.tailrace.schemas.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The processes that talk to a cluster, and exactly what each must be allowed there. A test runs all of them on a broker that
 * allows nothing else, and the page for users is checked against this.
 */
public enum Role {
    TOPICS_CREATE("`topics create`"),
    TOPICS_CHECK("`topics check`"),
    FILE_CONNECTOR("`connector file --name NAME`"),
    INBOX_CONNECTOR("`connector inbox`"),
    CONFIG_LANE("`translator`, its lane `config`"),
    ENDPOINTS_LANE("`translator`, its lane `endpoints`"),
    GATEWAY("`gateway`"),
    APPLY("`apply`, `delete`, with `--source NAME`"),
    GET("`get`"),
    HISTORY("`history`, `diff`, `why`, `translate --at`; `rollback` beside `apply`'s"),
    STATUS("`status`, `wait`"),
    PRODUCER("a program that writes to the inbox");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The commands that it stands for, in Markdown. */
    public String text() {
        return text;
    }

    /**
     * What it must be allowed, on topics of these names.
     *
     * @param source the connector's {@code --name} or the command's {@code --source}; of no effect for the others
     */
    public List<Permission> permissions(Topics topics, String source) {
        Permissions all = new Permissions(topics);
        return switch (this) {
            case TOPICS_CREATE ->
                all.onTopics(topics.prefix(), CREATE, DESCRIBE).list();
            case TOPICS_CHECK ->
                all.onTopics(topics.prefix(), DESCRIBE, DESCRIBE_CONFIGS)
                        .onCluster(DESCRIBE_CONFIGS)
                        .list();
            // The group is a mark of who writes; nobody joins it.
            case FILE_CONNECTOR ->
                inputs(all, READ, WRITE)
                        .onTransactions(topics.prefix() + source, false)
                        .onGroup(topics.prefix() + source + ".writer")
                        .list();
            case INBOX_CONNECTOR ->
                inputs(all.on(Topic.INBOX, READ), WRITE)
                        .on(Topic.DEAD_LETTERS, WRITE)
                        .onTransactions(topics.inboxGroup() + "-", true)
                        .onGroup(topics.inboxGroup())
                        .list();
            // What it wrote is read back when its stores are lost.
            case CONFIG_LANE ->
                lane(
                                all.on(Topic.CONFIG, READ).on(Topic.SECRETS, READ),
                                topics.configApplication(),
                                Topic.RESOURCES,
                                Topic.POLICIES,
                                Topic.STATUS)
                        .list();
            case ENDPOINTS_LANE ->
                lane(
                                all.on(Topic.ENDPOINTS, READ).on(Topic.POLICIES, READ),
                                topics.endpointsApplication(),
                                Topic.ASSIGNMENTS)
                        .list();
            case GATEWAY ->
                all.on(Topic.RESOURCES, READ)
                        .on(Topic.ASSIGNMENTS, READ)
                        .on(Topic.FLEET, READ, WRITE)
                        .list();
            case APPLY ->
                inputs(all, READ, WRITE)
                        .on(Topic.RESOURCES, READ)
                        .on(Topic.STATUS, READ)
                        .on(Topic.FLEET, READ)
                        .onTransactions(topics.prefix() + source + ".", true)
                        .list();
            case GET ->
                inputs(all, READ)
                        .on(Topic.STATUS, READ)
                        .on(Topic.RESOURCES, READ)
                        .list();
            // How far back the log is exact, the topics' settings say.
            case HISTORY ->
                inputs(all, READ, DESCRIBE_CONFIGS).on(Topic.FLEET, READ).list();
            case STATUS -> inputs(all.on(Topic.FLEET, READ), DESCRIBE).list();
            case PRODUCER -> all.on(Topic.INBOX, WRITE).list();
        };
    }

    private static Permissions inputs(Permissions all, AclOperation... operations) {
        return all.on(Topic.CONFIG, operations).on(Topic.ENDPOINTS, operations).on(Topic.SECRETS, operations);
    }

    private static Permissions lane(Permissions all, String application, Topic... outputs) {
        for (Topic output : outputs) {
            all.on(output, READ, WRITE);
        }
        return all.on(Topic.DEAD_LETTERS, WRITE)
                .onTopics(application + "-", CREATE, READ, WRITE)
                .onTransactions(application + "-", true)
                .onGroup(application);
    }
}
