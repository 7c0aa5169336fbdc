package io.tailrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {
    @Test
    void withoutAUrlThereIsNoRegistry() {
        assertThat(RegistryConfig.of(Map.of("bootstrap.servers", "kafka:9092"))).isEmpty();
    }

    @Test
    void theSettingsAreThoseOfConfluentsSerializers() {
        RegistryConfig config = RegistryConfig.of(Map.of(
                        "schema.registry.url", "http://one:8081/, https://two/api",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "user:secret",
                        "auto.register.schemas", "false",
                        "use.latest.version", true,
                        "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
                        "schema.registry.ssl.truststore.location", "/trusted.p12"))
                .orElseThrow();

        assertThat(config.urls()).map(Object::toString).containsExactly("http://one:8081", "https://two/api");
        assertThat(config.userInfo()).isEqualTo("user:secret");
        assertThat(config.register()).isFalse();
        assertThat(config.useLatest()).isTrue();
        assertThat(config.subjects()).isEqualTo(SubjectNames.TOPIC_RECORD);
        assertThat(config.tls()).containsExactly(Map.entry("ssl.truststore.location", "/trusted.p12"));
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void whatCanNotBeRightIsNamed() {
        assertRefused("schema.registry.url", "registry:8081");
        assertRefused("auto.register.schemas", "yes");
        assertRefused("value.subject.name.strategy", "TopicNameStrategy");
    }

    private static void assertRefused(String setting, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", "http://registry:8081"));
        settings.put(setting, value);

        assertThatThrownBy(() -> RegistryConfig.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value);
    }
}
