package io.tailrace.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Kafka's own {@code ssl.*} settings, PEM files included, for a client of HTTP. */
final class RegistryTls {
    private RegistryTls() {}

    /** Empty: nothing is set. Throws IllegalArgumentException. */
    static Optional<SSLContext> context(Map<String, Object> tls) {
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            Map<String, Object> parsed = new HashMap<>(new AbstractConfig(definition, tls, false).values());
            factory.configure(parsed);
            return Optional.of(factory.sslContext());
        } catch (ConfigException e) {
            throw new IllegalArgumentException("schema.registry." + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new IllegalArgumentException("schema.registry.ssl.*: " + e.getMessage(), e);
        }
    }
}
