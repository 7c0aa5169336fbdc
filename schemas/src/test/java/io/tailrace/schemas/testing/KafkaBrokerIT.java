package io.tailrace.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaBrokerIT {
    @Test
    void whatItHeldIsThereAfterARestart() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            try (Admin admin = Admin.create(broker.kafka())) {
                admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                        .all()
                        .get();
            }
            broker.stop();

            broker.restart();

            try (Admin admin = Admin.create(broker.kafka())) {
                assertThat(admin.listTopics().names().get()).containsExactly("kept");
            }
        }
    }
}
