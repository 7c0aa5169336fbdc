package io.tailrace.schemas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A {@link KafkaBroker} as a careful company runs it: SASL over TLS, and an authorizer that allows nothing but what its ACLs
 * say. Each principal's password is its name, turned round.
 */
public final class SecuredKafka implements AutoCloseable {
    /** May do everything; the broker itself is this one too. */
    public static final String SUPER_USER = "admin";

    // KafkaBroker's listener for clients; what it is called says nothing of how it is secured.
    private static final String LISTENER = "PLAINTEXT";

    private final KafkaBroker broker;
    private final TestKeys keys;
    private final Path folder;

    private SecuredKafka(KafkaBroker broker, TestKeys keys, Path folder) {
        this.broker = broker;
        this.keys = keys;
        this.folder = folder;
    }

    /** Starts a broker that knows these principals and allows them nothing. Its keys and clients' files lie in {@code folder}. */
    public static SecuredKafka start(Path folder, List<String> principals) {
        try {
            TestKeys keys = TestKeys.make(folder);
            return new SecuredKafka(KafkaBroker.start(settings(keys, principals)), keys, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The settings with which this principal connects. */
    public Map<String, Object> kafka(String principal) {
        Map<String, Object> settings = new HashMap<>(security(principal));
        settings.put("bootstrap.servers", bootstrapServers());
        return settings;
    }

    /** The same as a properties file, without the brokers' address. */
    public Path file(String principal) {
        Properties properties = new Properties();
        properties.putAll(security(principal));
        Path file = folder.resolve(principal + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The super user's. */
    public Admin admin() {
        return Admin.create(kafka(SUPER_USER));
    }

    @Override
    public void close() {
        broker.close();
    }

    private Map<String, String> security(String principal) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(principal) + ";",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                keys.truststore().toString(),
                "ssl.truststore.password",
                TestKeys.PASSWORD);
    }

    private static Map<String, String> settings(TestKeys keys, List<String> principals) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listener.security.protocol.map", LISTENER + ":SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", LISTENER);
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        String users = principals.stream()
                .map(name -> " user_" + name + "=\"" + password(name) + "\"")
                .collect(Collectors.joining());
        settings.put(
                "listener.name.plaintext.plain.sasl.jaas.config",
                login(SUPER_USER) + " user_" + SUPER_USER + "=\"" + password(SUPER_USER) + "\"" + users + ";");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", keys.keystore().toString());
        settings.put("ssl.keystore.password", TestKeys.PASSWORD);
        settings.put("ssl.key.password", TestKeys.PASSWORD);
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.location", keys.truststore().toString());
        settings.put("ssl.truststore.password", TestKeys.PASSWORD);
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        // The controller's listener has no login: it is the broker's own process that calls there.
        settings.put("super.users", "User:" + SUPER_USER + ";User:ANONYMOUS");
        return settings;
    }

    private static String login(String principal) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + principal
                + "\" password=\"" + password(principal) + "\"";
    }

    private static String password(String principal) {
        return new StringBuilder(principal).reverse().toString();
    }
}
