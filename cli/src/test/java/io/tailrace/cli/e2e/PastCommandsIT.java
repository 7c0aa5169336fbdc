package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.cli.Tailrace;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a small story looks like afterwards: a route is made, changed, and another one goes. */
class PastCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Path folder;
    private static World world;
    private static EnvoyNode envoy;
    private static int port;
    private static long made;
    private static long changed;
    private static long deleted;

    @BeforeAll
    static void live(@TempDir Path root) throws Exception {
        folder = root;
        port = FreePort.next();
        world = World.start(root);
        world.write("gateway.yaml", """
            kind: Gateway
            metadata: {name: edge}
            spec: {groups: [edge], listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]}
            """.formatted(port));
        world.service("cart", "HTTP1");
        world.endpoint("cart", "cart-a", 9001);
        await("the files are on the log")
                .atMost(PATIENCE)
                .until(() -> on("get", "-o", "json").out().contains("cart-a"));
        envoy = world.envoy("edge", "edge-1", Variant.DELTA);
        made = apply(route("shop", "1s"), "--author", "ada", "--reason", "the shop opens");
        apply(route("gone", "1s").replace("/shop", "/gone"), "--author", "ada");
        changed = apply(route("shop", "2s"), "--author", "bob");
        CommandAnswer answer = on("delete", "httproute", "gone", "--author", "bob", "-o", "json");
        deleted = revision(answer);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void theHistoryTellsWhoChangedWhatFieldByFieldInTheOrderOfTheLog() {
        CommandAnswer history = on("history", "--kind", "HTTPRoutes", "--name", "shop", "--until", now());

        assertThat(history.exitCode()).as(history.err()).isZero();
        assertThat(history.out())
                .containsPattern(
                        "(?m)^" + made + " +\\S+Z +ada +apply +HTTPRoute default/shop created \\(the shop opens\\)$")
                .contains("    spec.parentRefs[0]: + {\"name\":\"edge\"}\n")
                .contains("\"backendRefs\":[{\"name\":\"cart\",\"port\":80}]")
                .containsPattern("(?m)^" + changed + " +\\S+Z +bob +apply +HTTPRoute default/shop changed$")
                .contains("    spec.rules[0].timeouts.request: \"1s\" -> \"2s\"\n");
        assertThat(on("history", "--author", "bob", "--namespace", "default").out())
                .contains("shop changed", "gone deleted")
                .doesNotContain("created");
        assertThat(on("history", "--since", "2100-01-01T00:00:00Z").out()).isEmpty();
        assertThat(on("history", "--since", "-5h", "--kind", "endpoint").out())
                .containsPattern("(?m)^e\\d+-\\d+ .* Endpoint default/cart-a created");
    }

    @Test
    void theHistoryAsJsonHasEveryFieldOfAnEvent() {
        JsonArray events = JsonParser.parseString(on("history", "--name", "shop", "--until", now(), "-o", "json")
                        .out())
                .getAsJsonArray();

        JsonObject change = events.get(1).getAsJsonObject();
        assertThat(change.get("position").getAsString()).isEqualTo(Long.toString(changed));
        assertThat(change.get("action").getAsString()).isEqualTo("changed");
        assertThat(change.get("changes").toString())
                .isEqualTo(
                        "[{\"field\":\"spec.rules[0].timeouts.request\",\"before\":\"\\\"1s\\\"\",\"after\":\"\\\"2s\\\"\"}]");
    }

    @Test
    void theHistoryGoesOnWithWhatComes() throws Exception {
        StringWriter out = new StringWriter();
        Thread following = new Thread(() -> Tailrace.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute("history", "-f", "--name", "followed", "--bootstrap-servers", world.kafka()));
        following.start();
        try {
            long first = apply(route("followed", "3s").replace("edge", "nowhere"));
            await().atMost(PATIENCE).until(() -> out.toString().contains(first + " "));
            long second = apply(route("followed", "4s").replace("edge", "nowhere"));

            await().atMost(PATIENCE).until(() -> out.toString().contains("\"3s\" -> \"4s\""));
            assertThat(out.toString()).containsOnlyOnce("HTTPRoute default/followed created");
            assertThat(out.toString()).contains(second + " ");
        } finally {
            following.interrupt();
            following.join();
        }
    }

    @Test
    void translateAtAMomentShowsWhatTheGroupHadThen() {
        CommandAnswer then = on("translate", "--at", Long.toString(made), "--group", "edge");

        assertThat(then.exitCode()).as(then.err()).isZero();
        assertThat(then.out()).contains("timeout: 1s", "port_value: 9001").doesNotContain("timeout: 2s", "/gone");
        assertThat(on("translate", "--at", Long.toString(changed), "--group", "edge")
                        .out())
                .contains("timeout: 2s", "/gone");
        assertThat(on("translate", "--at", now(), "--group", "edge").out()).doesNotContain("/gone");
        assertThat(on("translate", "--at", "c" + made, "--group", "edge").out()).isEqualTo(then.out());
    }

    @Test
    void aMomentThatIsntThereIsSaidSo() {
        CommandAnswer later = on("translate", "--at", "999999", "--group", "edge");
        CommandAnswer before = on("translate", "--at", "2020-01-01T00:00:00Z", "--group", "edge");

        assertThat(later.exitCode()).isEqualTo(2);
        assertThat(later.err()).contains("there is no c999999 yet: tailrace.config");
        assertThat(before.exitCode()).isEqualTo(2);
        assertThat(before.err())
                .contains("before the audit window of tailrace.config (90 days)", "--group: found \"edge\"");
    }

    @Test
    void aDifferenceNamesTheFieldsAndTheEventsThatMadeIt() {
        CommandAnswer diff =
                on("diff", "--group", "edge", "--from", Long.toString(made), "--to", Long.toString(deleted));

        assertThat(diff.exitCode()).as(diff.err()).isZero();
        assertThat(diff.out())
                .contains("RouteConfiguration 127.0.0.1_" + port + ": changed\n")
                .contains("    virtual_hosts[0].routes[0].route.timeout: \"1s\" -> \"2s\"\n")
                .containsPattern("(?m)^  by " + changed + " +\\S+Z +bob +apply +HTTPRoute default/shop$")
                .doesNotContain("default/gone", "Cluster");
        assertThat(on("diff", "--group", "edge", "--from", Long.toString(deleted), "--to", Long.toString(deleted))
                        .out())
                .isEqualTo("no difference\n");
    }

    @Test
    void whyNamesTheEventsOfAResourceForAGroupOrANode() {
        String name = "route/127.0.0.1_" + port;
        CommandAnswer why = on("why", "--group", "edge", "--at", Long.toString(changed), name);

        assertThat(why.exitCode()).as(why.err()).isZero();
        assertThat(why.out())
                .containsPattern("(?m)^\\d+ .* file +Gateway default/edge$")
                .contains("    without it the group wouldn't have it\n")
                .containsPattern("(?m)^" + changed + " .* bob +apply +HTTPRoute default/shop$")
                .contains("    virtual_hosts[0].routes[1].route.timeout: \"1s\" -> \"2s\"\n");
        await("the node is reported")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(on("why", "--node", "edge-1", name).out()).contains("HTTPRoute default/shop"));
        assertThat(on("why", "--node", "nobody", name).err()).contains("which no gateway has seen in mesh default");
        assertThat(on("why", "--group", "edge", "nothing").err())
                .contains("expected one of [", "Cluster/default/cart/80");
    }

    @Test
    void whyFindsWhatAVersionInEnvoysConfigDumpComesFrom() {
        Pattern version = Pattern.compile("\"version_info\": \"(c(\\d+)-[0-9a-f]{16})\"");
        List<MatchResult> versions = await("Envoy has a listener, its routes and a cluster")
                .atMost(PATIENCE)
                .until(
                        () -> version.matcher(envoy.admin("/config_dump"))
                                .results()
                                .toList(),
                        found -> found.stream()
                                        .map(MatchResult::group)
                                        .distinct()
                                        .count()
                                >= 3);

        assertThat(versions).allSatisfy(found -> {
            CommandAnswer why = on("why", found.group(1));
            assertThat(why.exitCode()).as(why.err()).isZero();
            assertThat(why.out()).containsPattern("(?m)^" + found.group(2) + " ");
        });
    }

    @Test
    void whyFindsWhatAVersionOfALoadAssignmentComesFrom() {
        String version = versionOf("cart");

        CommandAnswer why = on("why", version);

        assertThat(why.exitCode()).as(why.err()).isZero();
        assertThat(why.out())
                .startsWith("ClusterLoadAssignment default/cart/80~")
                .containsPattern(
                        "(?m)^" + version.replaceAll("c\\d+\\.(e\\d+-\\d+)-.*", "$1") + " .* Endpoint default/cart-a$");
        assertThat(on("why", "c0-0123456789abcdef").err()).contains("VERSION: found \"c0-0123456789abcdef\"");
    }

    @Test
    void whyATakenAwayResourceIsntThereIsItsDeletion() throws Exception {
        apply("""
            kind: EnvoyResource
            metadata: {name: raw}
            spec:
              groups: [edge]
              resource: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: raw, connect_timeout: 1s}
            """);
        long gone = revision(on("delete", "envoyresource", "raw", "--author", "eve", "-o", "json"));

        CommandAnswer why = on("why", "--group", "edge", "cluster/raw");

        assertThat(why.out())
                .startsWith("Cluster raw isn't in group edge")
                .containsPattern("(?m)^" + gone + " .* eve +apply +EnvoyResource default/raw deleted$")
                .contains("    without it the group would have it\n");
    }

    @Test
    void aRollbackPublishesWhatWasAndSaysWhoWillRestoreIt() throws Exception {
        long before = apply(route("rolled", "5s"), "--author", "ada");
        world.service("later", "HTTP1");
        await("the file is on the log")
                .atMost(PATIENCE)
                .until(() -> on("get", "service", "later").exitCode() == 0);
        apply(route("rolled", "6s"), "--author", "bob");
        String[] rollback = {"rollback", "--to", Long.toString(before), "--author", "eve"};

        CommandAnswer dry = on(with(rollback, "--name", "rolled", "--dry-run"));
        CommandAnswer rolled = on(with(rollback, "--name", "rolled"));
        CommandAnswer owned = on(with(rollback, "--name", "later", "--dry-run"));

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("HTTPRoute default/rolled would be changed\n", "timeouts.request: \"6s\" -> \"5s\"")
                .contains(
                        "group edge:\n  RouteConfiguration 127.0.0.1_" + port + ": changed\n",
                        "timeout: \"6s\" -> \"5s\"");
        assertThat(dry.err()).contains("nothing is published");
        assertThat(rolled.exitCode()).as(rolled.err()).isZero();
        assertThat(rolled.out()).containsPattern("HTTPRoute +default +rolled +\\d+ +accepted");
        assertThat(on("history", "--name", "rolled").out())
                .containsPattern("eve +apply +HTTPRoute default/rolled changed \\(rollback to " + before + "\\)\n"
                        + "    spec.rules\\[0].timeouts.request: \"6s\" -> \"5s\"\n$");
        assertThat(on(with(rollback, "--name", "rolled")).err()).isEqualTo("nothing to roll back: all is as it was\n");
        assertThat(owned.out()).contains("Service default/later would be deleted");
        assertThat(owned.err()).contains("Service default/later belongs to the connector \"file\"");
    }

    private static String versionOf(String service) {
        List<String> versions = new ArrayList<>();
        LogReader.readTopicsToEnd(
                Map.of("bootstrap.servers", world.kafka()),
                List.of(Topics.DEFAULT.name(Topic.ASSIGNMENTS)),
                record -> {
                    try {
                        if (new String(record.key(), UTF_8).contains(service)) {
                            versions.add(AssignmentRecord.parseFrom(record.value())
                                    .getAssignment()
                                    .getVersion());
                        }
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                },
                progress -> {});
        return versions.getLast();
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String now() {
        return Instant.now().toString();
    }

    private static String route(String name, String timeout) {
        return """
            kind: HTTPRoute
            metadata: {name: %s}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - matches: [{path: {value: /%s}}]
                backendRefs: [{name: cart, port: 80}]
                timeouts: {request: %s}
            """.formatted(name, name, timeout);
    }

    /** Gives the revision. */
    private static long apply(String yaml, String... options) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "applied", ".yaml"), yaml);
        CommandAnswer answer = on(with(new String[] {"apply", "-f", file.toString(), "-o", "json"}, options));
        assertThat(answer.exitCode()).as(answer.err()).isIn(0, 2);
        return revision(answer);
    }

    private static long revision(CommandAnswer answer) {
        return JsonParser.parseString(answer.out())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("revision")
                .getAsLong();
    }

    private static CommandAnswer on(String... arguments) {
        return new Commands(world.kafka()).run(arguments);
    }
}
