package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.Certificates;
import io.weir.local.LocalBroker;
import io.weir.local.LocalRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A topic's history behind TLS, a password, and an ACL that grants Read on the topic and nothing
/// else.
@Timeout(180)
class SecureTopicTrainingIT {
  private static final String TOPIC = "payments";
  private static final String PASSWORD = "kept-out-of-messages";

  @TempDir private Path directory;

  @Test
  void readOnTheTopicIsEnoughToTrain() throws Exception {
    Certificates certificates = new Certificates(directory);
    Path keys = certificates.keyStore("server", List.of("IP:127.0.0.1"));
    Path trusted = certificates.trustStore("server", List.of(keys));
    try (LocalBroker broker =
            LocalBroker.start(
                directory.resolve("broker"),
                0,
                brokerSettings(keys),
                List.of(SecurityProtocol.SASL_SSL));
        LocalRegistry registry = LocalRegistry.start(0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicPayments(broker, registry, TOPIC).produce(500, 1);
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "trainer",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      PASSWORD)))
          .all()
          .get();
      Path config = Files.writeString(directory.resolve("client.properties"), client(trusted));
      StringWriter refused = new StringWriter();
      assertThat(train(broker, registry, config, refused)).isNotZero();
      assertThat(refused.toString()).contains(TOPIC).doesNotContain(PASSWORD, "\tat ");
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, TOPIC, PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:trainer", "*", AclOperation.READ, AclPermissionType.ALLOW))))
          .all()
          .get();
      StringWriter told = new StringWriter();
      assertThat(train(broker, registry, config, told)).as(told::toString).isZero();
      assertThat(told.toString()).doesNotContain(PASSWORD, Certificates.PASSWORD);
      assertThat(directory.resolve("model.onnx")).isNotEmptyFile();
    }
  }

  private static Map<String, String> brokerSettings(Path keys) {
    return Map.of(
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:ANONYMOUS",
        "ssl.keystore.location",
        keys.toString(),
        "ssl.keystore.password",
        Certificates.PASSWORD,
        "ssl.keystore.type",
        "PKCS12",
        "sasl.enabled.mechanisms",
        "SCRAM-SHA-512",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
  }

  private static String client(Path trusted) {
    return """
    security.protocol=SASL_SSL
    sasl.mechanism=SCRAM-SHA-512
    sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
    username="trainer" password="%s";
    ssl.truststore.location=%s
    ssl.truststore.password=%s
    ssl.truststore.type=PKCS12
    """
        .formatted(PASSWORD, trusted, Certificates.PASSWORD);
  }

  private int train(LocalBroker broker, LocalRegistry registry, Path config, StringWriter told) {
    return io.weir.trainer.Main.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(told),
        "train",
        "--topic",
        TOPIC,
        "--bootstrap-servers",
        broker.bootstrapServers(SecurityProtocol.SASL_SSL),
        "--registry",
        registry.url(),
        "--kafka-config",
        config.toString(),
        "--epochs",
        "1",
        "--out",
        directory.resolve("model.onnx").toString());
  }
}
