package io.weir.streams.notify;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.specific.SpecificRecord;

/// Learns, once at start, what the registry calls the schemas of the output topics.
public final class OutputSchemas {
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int INCOMPATIBLE = 409;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final SchemaRegistryClient client;
  private final boolean autoRegister;

  /// @param autoRegister whether an unknown schema is registered or refused
  public OutputSchemas(SchemaRegistryClient client, boolean autoRegister) {
    this.client = client;
    this.autoRegister = autoRegister;
  }

  /// The id of a record's schema under the subject `<topic>-value`.
  ///
  /// @param record any record of the type, such as an empty one
  /// @throws SchemaRefusedException if the registry has another mind about the schema
  /// @throws IOException if the registry does not answer
  public int id(String topic, SpecificRecord record) throws SchemaRefusedException, IOException {
    String subject = topic + "-value";
    // Without Java's string hints, which mean nothing to consumers in other languages.
    AvroSchema schema = new AvroSchema(AvroSchemaUtils.getSchema(record, false, false, true));
    try {
      return autoRegister ? client.register(subject, schema) : client.getId(subject, schema);
    } catch (SSLHandshakeException e) {
      throw new SchemaRefusedException(
          "no TLS connection to the registry ("
              + e.getMessage()
              + "): put the CA of its certificate into"
              + " weir.schema.registry.ssl.truststore.location, and use a host name in"
              + " weir.schema.registry.url that the certificate has");
    } catch (RestClientException e) {
      int error = e.getErrorCode();
      if (error == SUBJECT_NOT_FOUND || error == SCHEMA_NOT_FOUND) {
        throw new SchemaRefusedException(
            "the registry does not have the schema "
                + schema.name()
                + " under "
                + subject
                + ": register it, or set weir.schema.registry.auto.register=true");
      }
      if (error == INCOMPATIBLE) {
        throw new SchemaRefusedException(
            "the registry refuses the schema "
                + schema.name()
                + " under "
                + subject
                + " as incompatible with what is there: use another topic. "
                + e.getMessage());
      }
      if (e.getStatus() == UNAUTHORIZED || e.getStatus() == FORBIDDEN) {
        throw new SchemaRefusedException(
            "the registry refuses "
                + (autoRegister ? "to register " : "to look up ")
                + subject
                + " (HTTP "
                + e.getStatus()
                + "): check weir.schema.registry.basic.auth.user.info or bearer.auth.token, and"
                + " what that user may do");
      }
      throw new IOException("HTTP " + e.getStatus() + ": " + e.getMessage(), e);
    }
  }

  /// A schema that the registry does not accept or does not have.
  public static final class SchemaRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    SchemaRefusedException(String message) {
      super(message);
    }
  }
}
