package io.weir.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.local.LocalRegistry;
import io.weir.schemas.event.Alert;
import io.weir.schemas.event.Score;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.notify.OutputSchemas.SchemaRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputSchemasTest {
  private LocalRegistry registry;
  private SchemaRegistryClient client;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(0);
    client = RegistryClients.open(List.of(registry.url()), Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  @Test
  void aSchemaIsRegisteredUnderTheTopicWithoutHintsForJava() throws Exception {
    int id = new OutputSchemas(client, true).id("alerts", new Alert());
    assertThat(client.getLatestSchemaMetadata("alerts-value").getId()).isEqualTo(id);
    assertThat(client.getLatestSchemaMetadata("alerts-value").getSchema())
        .contains("model_sha256")
        .doesNotContain("avro.java.string");
    assertThat(new OutputSchemas(client, false).id("alerts", new Alert())).isEqualTo(id);
  }

  @Test
  void withoutAutoRegisterAnUnknownSchemaIsRefusedWithACure() {
    assertThatThrownBy(() -> new OutputSchemas(client, false).id("alerts", new Alert()))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("alerts-value")
        .hasMessageContaining("auto.register=true");
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithACure() throws Exception {
    client.register(
        "scores-value",
        new AvroSchema(
            SchemaBuilder.record("Score")
                .namespace("io.weir.schemas.event")
                .fields()
                .requiredString("score")
                .endRecord()));
    assertThatThrownBy(() -> new OutputSchemas(client, true).id("scores", new Score()))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("incompatible")
        .hasMessageContaining("use another topic");
  }

  @Test
  void aRegistryThatIsGoneIsAnOutage() {
    registry.close();
    assertThatThrownBy(() -> new OutputSchemas(client, true).id("alerts", new Alert()))
        .isInstanceOf(IOException.class);
  }
}
