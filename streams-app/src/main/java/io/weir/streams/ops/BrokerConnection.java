package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;

/// The connection of the checks at start, and why there is none.
///
/// Kafka Streams itself would wait for a broker for ever, and tell refused certificates and
/// passwords by stack traces.
final class BrokerConnection {
  private static final long LONGEST_PROBE_MS = 5_000;

  private BrokerConnection() {}

  /// A client, which the caller closes, of brokers that have answered.
  ///
  /// @throws StartRefusedException if none answered within the start time-out, or if it refused
  static Admin open(Settings settings) throws StartRefusedException {
    Map<String, Object> configs = configs(settings, "check");
    refusePlainTextToTls(settings, configs);
    Admin admin = null;
    boolean answered = false;
    try {
      admin = Admin.create(configs);
      get(admin.describeCluster().clusterId());
      answered = true;
      return admin;
    } catch (KafkaException e) {
      throw new StartRefusedException(message(settings, configs, e), e);
    } finally {
      if (admin != null && !answered) {
        admin.close();
      }
    }
  }

  /// A patient client, which the caller closes; nobody was asked.
  static Admin watcher(Settings settings) {
    Map<String, Object> configs = configs(settings, "watch");
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 30_000L);
    return Admin.create(configs);
  }

  private static void refusePlainTextToTls(Settings settings, Map<String, Object> configs)
      throws StartRefusedException {
    String protocol = protocol(configs);
    int patience = (int) Math.min(LONGEST_PROBE_MS, settings.startTimeout().toMillis());
    if (protocol.contains("PLAINTEXT") && TlsPort.isAmong(settings.bootstrapServers(), patience)) {
      throw new StartRefusedException(
          "bootstrap.servers = %s speaks TLS, and security.protocol = %s does not: set %s"
              .formatted(
                  settings.bootstrapServers(),
                  protocol,
                  protocol.equals("PLAINTEXT") ? "SSL or SASL_SSL" : "SASL_SSL"));
    }
  }

  private static String protocol(Map<String, Object> configs) {
    return configs
        .getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
        .toString();
  }

  /// Waits for an answer.
  static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private static Map<String, Object> configs(Settings settings, String purpose) {
    Map<String, Object> configs =
        new HashMap<>(
            new StreamsConfig(settings.kafka())
                .getAdminConfigs(settings.applicationId() + "-" + purpose));
    int timeout = Math.toIntExact(settings.startTimeout().toMillis());
    configs.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    configs.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    // A broker that is not there is asked again every second, not ten times a second.
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 1_000L);
    configs.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    return configs;
  }

  private static String message(
      Settings settings, Map<String, Object> configs, KafkaException refusal) {
    String brokers = "bootstrap.servers = " + settings.bootstrapServers();
    String protocol = protocol(configs);
    return switch (refusal) {
      case TimeoutException _ ->
          "No broker answered at %s within %d ms: check the address, that the brokers run, and that this port speaks security.protocol = %s"
              .formatted(brokers, settings.startTimeout().toMillis(), protocol);
      case SslAuthenticationException _ ->
          "No TLS connection to %s: %s".formatted(brokers, tls(configs, innermost(refusal)));
      case AuthenticationException _ ->
          "The brokers at %s refuse the log-in of %s (%s = %s): %s. Check user and password in %s, and that the user exists for this mechanism"
              .formatted(
                  brokers,
                  Principal.of(settings).shown(),
                  SaslConfigs.SASL_MECHANISM,
                  configs.getOrDefault(
                      SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM),
                  refusal.getMessage(),
                  SaslConfigs.SASL_JAAS_CONFIG);
      default -> "%s: %s".formatted(brokers, unusable(refusal));
    };
  }

  private static String tls(Map<String, Object> configs, Throwable reason) {
    String text = String.valueOf(reason.getMessage());
    if (text.contains("certification path") || text.contains("path validation")) {
      return "their certificate is not trusted (%s). Put its CA into %s (%s now)"
          .formatted(
              text,
              SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
              configs.get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG) == null
                  ? "not set: the JDK's CAs"
                  : configs.get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG));
    }
    if (text.startsWith("No ")) {
      return "their certificate is for another host (%s). Use a name in bootstrap.servers that the certificate has"
          .formatted(text);
    }
    if (text.contains("Unsupported or unrecognized")) {
      return "this port speaks no TLS (%s). Check port and security.protocol".formatted(text);
    }
    return "%s. If the brokers ask for a certificate, set %s"
        .formatted(text, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
  }

  /// A client that could not be made: a key store that cannot be read, JAAS that cannot be parsed.
  private static String unusable(KafkaException refusal) {
    StringBuilder text = new StringBuilder();
    String last = null;
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message == null || last != null && last.contains(message)) {
        continue;
      }
      if (message.contains("JAAS")) {
        // The parser quotes what it does not understand, which may be a piece of a password.
        return "sasl.jaas.config cannot be parsed: write <login module> required"
            + " username=\"...\" password=\"...\"; with quotes and the semicolon";
      }
      text.append(text.isEmpty() ? "" : ": ").append(message);
      last = message;
    }
    return text.toString();
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
