package io.tailrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.e2e.CommandAnswer;
import io.tailrace.cli.http.StatusServer;
import io.tailrace.schemas.process.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docker-compose.yml and the Dockerfile say only what is so, as far as that can be known without an engine. */
class ComposeFileIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9-]*):([0-9]{2,5})\\b");

    private static ComposeFile compose;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read(ROOT.resolve("docker-compose.yml"));
    }

    @Test
    void dockerComposeTakesTheFile() throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("docker-compose", "-f", "docker-compose.yml", "config", "--quiet")
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("docker-compose is missing: install Debian's package docker-compose", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void itsCommandLineIsOneThatTheCommandTakes(ComposeFile.Service service) {
        String[] words = service.words().toArray(String[]::new);

        assertThat(Tailrace.commandLine().parseArgs(words).errors()).isEmpty();
        assertThat(service.hasHealthCheck())
                .as("has a health check if it goes on")
                .isEqualTo(service.words().contains("--http-port"));
    }

    static List<ComposeFile.Service> ours() throws IOException {
        return ComposeFile.read(ROOT.resolve("docker-compose.yml")).ours();
    }

    @Test
    void everyHostIsAServiceThatListensOnThatPort() throws IOException {
        Map<String, String> broker = environment("kafka").texts();
        List<String> texts = new ArrayList<>();
        compose.ours().forEach(service -> texts.addAll(service.words()));
        texts.add(broker.getOrDefault("KAFKA_CONTROLLER_QUORUM_VOTERS", ""));
        texts.add(broker.getOrDefault("KAFKA_ADVERTISED_LISTENERS", "").replace("HOST://localhost:29092", ""));
        texts.add(environment("registry").text("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS"));
        gateways().forEach((host, port) -> texts.add(host + ":" + port));
        Set<String> known = new TreeSet<>();
        compose.services().keySet().forEach(name -> ports(name).forEach(port -> known.add(name + ":" + port)));
        Set<String> named = new TreeSet<>();
        for (String text : texts) {
            ADDRESS.matcher(text).results().forEach(found -> named.add(found.group()));
        }

        assertThat(known).containsAll(named);
        assertThat(named).contains("kafka:9092", "kafka:9093", "registry:8080", "gateway-1:18000", "gateway-2:18000");
    }

    @Test
    void everyVolumeIsThereAndIsUsed() {
        compose.services().forEach((name, service) -> {
            for (String volume : service.settings().list("volumes")) {
                String[] parts = volume.split(":", -1);
                if (parts[0].startsWith("./")) {
                    assertThat(ROOT.resolve(parts[0])).exists();
                    assertThat(service.words()).as(name).contains(parts[1]);
                } else {
                    assertThat(compose.volumes().has(parts[0])).as(parts[0]).isTrue();
                    assertThat(environment(name).texts().values().toString()).contains(parts[1]);
                }
            }
        });
    }

    @Test
    void everyPublishedPortIsOneThatTheServiceListensOnAndOnLoopbackOnly() {
        compose.services().forEach((name, service) -> {
            for (String port : service.settings().list("ports")) {
                String[] parts = port.split(":", -1);
                assertThat(parts[0]).isEqualTo("127.0.0.1");
                assertThat(ports(name)).as(name).contains(Integer.valueOf(parts[2]));
            }
        });
    }

    @Test
    void whatWaitsForAnotherWaitsForWhatCanBeSeen() {
        compose.services().forEach((name, service) -> {
            ComposeFile.Settings awaited = service.settings().settings("depends_on");
            awaited.texts()
                    .keySet()
                    .forEach(other -> assertThat(compose.service(other).hasHealthCheck())
                            .as("%s waits for %s", name, other)
                            .isEqualTo(awaited.settings(other).text("condition").equals("service_healthy")));
        });
    }

    @Test
    void theBrokersSettingsAreKafkas() {
        Map<String, Object> settings = new HashMap<>();
        environment("kafka").texts().forEach((name, value) -> {
            // As the image's start script reads them.
            if (name.startsWith("KAFKA_")) {
                settings.put(name.substring(6).replace('_', '.').toLowerCase(Locale.ROOT), value);
            }
        });

        assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());
        assertThat(new KafkaConfig(settings, false).autoCreateTopicsEnable()).isFalse();
    }

    @Test
    void theSamplesAreValidAndTheirAddressesAreThoseOfTheServices() {
        String folder = ROOT.resolve("cli/docker/config").toString();
        Set<String> addresses = new TreeSet<>();
        compose.services().values().forEach(service -> {
            String address =
                    service.settings().settings("networks").settings("mesh").text("ipv4_address");
            if (!address.isEmpty()) {
                assertThat(ports(service.name())).containsExactly(8080);
                addresses.add(address);
            }
        });

        assertThat(run("validate", "-f", folder)).contains("6 valid, 0 problems");
        String translated = run("translate", "-f", folder, "--group", "edge");
        assertThat(addresses)
                .hasSize(2)
                .allSatisfy(address -> assertThat(translated).contains(address));
        assertThat(translated).contains("10000", "8080");
    }

    @Test
    void envoysBootstrapIsTheOneThatTheCommandPrints() throws IOException {
        Matcher printed = Pattern.compile("`tailrace (bootstrap [^`]*)` prints")
                .matcher(Files.readString(ROOT.resolve("docker-compose.yml")));
        assertThat(printed.find()).isTrue();

        assertThat(Files.readString(ROOT.resolve("cli/docker/envoy.json")))
                .isEqualTo(run(printed.group(1).split(" ", -1)));
    }

    @Test
    void theVersionsAreThoseThatTheTestsRunWith() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String launcher = Files.readString(ROOT.resolve("tailrace"));

        assertThat(image("envoy")).isEqualTo("envoyproxy/envoy:v" + found("envoy_version=(\\S+)", launcher));
        assertThat(image("kafka")).isEqualTo("apache/kafka:" + found("<kafka.version>([^<]+)", pom));
        assertThat(image("registry"))
                .isEqualTo("apicurio/apicurio-registry:" + found("<apicurio.version>([^<]+)", pom));
    }

    @Test
    void theImageRunsTheCommandAsTheLauncherDoesAndNotAsRoot() throws Exception {
        String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));
        String launcher = Files.readString(ROOT.resolve("tailrace"));
        String entry = found("ENTRYPOINT (.*)", dockerfile).replace("\", \"", " ");

        assertThat(entry).contains(found("(--enable-native-access=.*)", launcher));
        assertThat(Class.forName(found("(io\\.tailrace\\.\\S+)\"]", entry)).getMethod("main", String[].class))
                .isNotNull();
        assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM")))
                .allMatch(line -> line.startsWith("FROM eclipse-temurin:" + found("oldest_jdk=(\\d+)", launcher)));
        assertThat(found("\nUSER (\\S+)", dockerfile)).isNotEqualTo("root");
        assertThat(dockerfile.indexOf("\nUSER ")).isLessThan(dockerfile.indexOf("\nENTRYPOINT "));
        String artifact = found("<artifactId>(tailrace-cli)</artifactId>", Files.readString(Path.of("pom.xml")));
        assertThat(dockerfile).contains("cli/target/" + artifact + "-*.jar").contains("cli/target/classpath");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<outputFile>${project.build.directory}/classpath");
    }

    @Test
    void theHealthCheckAsksWhetherTheProcessIsReady() throws Exception {
        AtomicReference<String> reason = new AtomicReference<>("it reads the log");
        Health health = new Health() {
            @Override
            public Optional<String> notLive() {
                return Optional.empty();
            }

            @Override
            public Optional<String> notReady() {
                return Optional.of(reason.get()).filter(text -> !text.isEmpty());
            }
        };
        try (StatusServer server = StatusServer.start(
                InetAddress.getLoopbackAddress(), 0, health, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            assertThat(healthCheck(server.port())).isNotZero();

            reason.set("");

            assertThat(healthCheck(server.port())).isZero();
        }
        assertThat(healthCheck(1)).isNotZero();
    }

    private static int healthCheck(int port) throws IOException, InterruptedException {
        List<String> words =
                compose.service("gateway-1").settings().settings("healthcheck").list("test");
        assertThat(words).startsWith("CMD");
        List<String> command = words.subList(1, words.size()).stream()
                .map(word -> word.replace("/8080", "/" + port))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The ports that a service listens on, as far as its own settings say. */
    private static Set<Integer> ports(String name) {
        List<String> words = compose.service(name).words();
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).endsWith("-port") || words.get(i).equals("http.server")) {
                ports.add(Integer.valueOf(words.get(i + 1)));
            }
        }
        Pattern.compile("://:(\\d+)")
                .matcher(environment(name).text("KAFKA_LISTENERS"))
                .results()
                .forEach(found -> ports.add(Integer.valueOf(found.group(1))));
        if (name.equals("registry")) {
            ports.add(8080); // Quarkus's own
        }
        if (name.equals("envoy")) {
            ports.add(10000); // the sample Gateway's: theSamplesAreValidAndTheirAddressesAreThoseOfTheServices
        }
        return ports;
    }

    private static Map<String, String> gateways() throws IOException {
        String bootstrap = Files.readString(ROOT.resolve("cli/docker/envoy.json"));
        Map<String, String> gateways = new HashMap<>();
        Matcher matcher = Pattern.compile("\"address\": ?\"(gateway-\\d)\",\\s*\"port_?[vV]alue\": ?(\\d+)")
                .matcher(bootstrap);
        while (matcher.find()) {
            gateways.put(matcher.group(1), matcher.group(2));
        }
        return gateways;
    }

    private static ComposeFile.Settings environment(String service) {
        return compose.service(service).settings().settings("environment");
    }

    private static String image(String service) {
        return compose.service(service).settings().text("image");
    }

    private static String found(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }

    private static String run(String... arguments) {
        CommandAnswer answer = CommandAnswer.of(arguments);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.out();
    }
}
