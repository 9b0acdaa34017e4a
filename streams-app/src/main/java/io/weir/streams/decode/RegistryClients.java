package io.weir.streams.decode;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Opens the official client of the schema registry.
public final class RegistryClients {
  /// More schemas than any stream has; the client would fetch one beyond it again.
  private static final int CACHED_SCHEMAS = 10_000;

  /// The client's own defaults, a minute each and three retries in silence, would use up most of
  /// the time that an event may wait; [SchemaLookup] asks again itself.
  private static final Map<String, String> PATIENCE =
      Map.of(
          "http.connect.timeout.ms", "5000", "http.read.timeout.ms", "10000", "max.retries", "0");

  private RegistryClients() {}

  /// A client, which the caller closes.
  ///
  /// @param urls tried in turn
  /// @param settings of the client itself, such as `basic.auth.user.info`
  public static SchemaRegistryClient open(List<String> urls, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(PATIENCE);
    all.putAll(settings);
    return SchemaRegistryClientFactory.newClient(
        urls, CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), all, Map.of());
  }
}
