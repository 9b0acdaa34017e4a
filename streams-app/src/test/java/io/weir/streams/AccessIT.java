package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.config.SettingSources;
import io.weir.streams.config.Settings;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.SecureCluster;
import io.weir.streams.fixture.TinyWindowModel;
import io.weir.streams.fixture.WeirJvm;
import io.weir.streams.ops.AccessRule;
import io.weir.streams.ops.RequiredAccess;
import io.weir.streams.ops.StartRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a processor may do on a broker with TLS, passwords and ACLs: all that it needs, and nothing
/// else. One file for three kinds of processors, since they share the list of rights and the
/// broker.
@Timeout(240)
class AccessIT {
  @TempDir static Path directory;
  private static SecureCluster secure;

  @BeforeAll
  static void start() throws Exception {
    secure = SecureCluster.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    secure.close();
  }

  enum Kind {
    AT_LEAST_ONCE,
    EXACTLY_ONCE,
    WINDOWS;

    Map<String, String> settings(Path directory) throws Exception {
      return switch (this) {
        case AT_LEAST_ONCE -> Map.of();
        case EXACTLY_ONCE -> Map.of("processing.guarantee", "exactly_once_v2");
        case WINDOWS ->
            Map.of(
                "weir.model.file",
                TinyWindowModel.of(2, null).write(directory.resolve("windows.onnx")).toString());
      };
    }

    /// The list that is documented, tried here in both directions.
    List<AccessRule> rules(Settings settings, String name) {
      return RequiredAccess.of(
          settings,
          List.of(name),
          this != AT_LEAST_ONCE,
          this == WINDOWS ? List.of(name + "-app-windows-changelog") : List.of());
    }
  }

  /// A processor of its own topics, and the rights of its user.
  private record Case(String name, Map<String, String> flags, List<AccessRule> rules) {
    static Case of(String name, Kind kind) throws Exception {
      secure.cluster().createTopics(name, 2);
      secure.createUser(name);
      Map<String, String> flags = secure.flags(name, name, kind.settings(directory));
      Case made =
          new Case(name, flags, kind.rules(new SettingSources().flags(flags).settings(), name));
      secure.grant(made.principal(), made.rules);
      return made;
    }

    String principal() {
      return "User:" + name;
    }

    Settings settings() {
      return new SettingSources().flags(flags).settings();
    }

    AccessRule rule(ResourceType resource, AclOperation operation, String end) {
      return rules.stream()
          .filter(
              r -> r.resource() == resource && r.operation() == operation && r.name().endsWith(end))
          .findFirst()
          .orElseThrow();
    }

    void assertRefusedAtStart(AccessRule missing) throws Exception {
      secure.withdraw(principal(), missing);
      assertThatThrownBy(() -> WeirApplication.start(settings()).close())
          .as("without " + missing)
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("The brokers do not grant User:" + name)
          .hasMessageContaining(missing.name())
          .hasMessageContaining("--add --allow-principal User:" + name + " " + missing.options());
      secure.grant(principal(), List.of(missing));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theListIsEnoughAndNothingOnItCanBeLeftOut(Kind kind) throws Exception {
    Case it = Case.of("least-" + kind.ordinal(), kind);
    List<AccessRule> beforeFirstStart = new ArrayList<>();
    List<AccessRule> afterwards = new ArrayList<>();
    for (AccessRule rule : it.rules) {
      (rule.operation() == AclOperation.CREATE ? beforeFirstStart : afterwards).add(rule);
    }
    for (AccessRule rule : beforeFirstStart) {
      it.assertRefusedAtStart(rule);
    }
    try (WeirApplication application = WeirApplication.start(it.settings())) {
      send(it.name, 100, true);
      assertOutputs(it.name, kind);
      assertThat(application.failure()).isEmpty();
    }
    for (AccessRule rule : afterwards) {
      it.assertRefusedAtStart(rule);
    }
    try (WeirApplication application = WeirApplication.start(it.settings())) {
      assertThat(application.awaitRunning(Duration.ofSeconds(60))).isTrue();
    }
  }

  private static void assertOutputs(String name, Kind kind) {
    // Each of the two keys of windows of two events has one event that warms up.
    int scores = kind == Kind.WINDOWS ? 98 : 100;
    assertThat(records(name + "-scores", scores)).isEqualTo(scores);
    assertThat(records(name + "-dead", 1)).isOne();
    assertThat(records(name + "-alerts", 1)).isPositive();
  }

  @Test
  void allThatIsMissingIsSaidAtOnceAndBeforeAnythingIsRead() throws Exception {
    Case it = Case.of("naked", Kind.EXACTLY_ONCE);
    for (AccessRule rule : it.rules) {
      secure.withdraw(it.principal(), rule);
    }
    try (WeirJvm weir = WeirJvm.start(it.flags, directory.resolve("naked.log"))) {
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
      assertThat(weir.output())
          .contains("do not grant User:naked Read on topic naked (an input topic)")
          .contains("Read on group naked-app (application.id)")
          .contains("Write on topic naked-alerts (weir.alerts.topic)")
          .contains("Write on topic naked-scores (weir.scores.topic)")
          .contains("Write on topic naked-dead (weir.dead.letter.topic)")
          .doesNotContain("\tat ")
          .doesNotContain("kept-out-of-logs");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
  void alertsThatMayNoLongerBeWrittenStopTheProcessAndAreWrittenLater(String guarantee)
      throws Exception {
    boolean once = guarantee.equals("exactly_once_v2");
    Case it = Case.of("withdrawn-" + once, once ? Kind.EXACTLY_ONCE : Kind.AT_LEAST_ONCE);
    AccessRule alerts = it.rule(ResourceType.TOPIC, AclOperation.WRITE, "-alerts");
    try (WeirJvm weir = WeirJvm.start(it.flags, directory.resolve(it.name + ".log"))) {
      send(it.name, 50, false);
      assertThat(records(it.name + "-scores", 50)).as(weir::toString).isEqualTo(50);
      secure.withdraw(it.principal(), alerts);
      send(it.name, 50, true);
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
      assertThat(weir.output())
          .contains("The processor stopped: The brokers refuse User:" + it.name)
          .contains("Write on topic " + alerts.name() + " (weir.alerts.topic)")
          .contains("Nothing is lost")
          .contains("--add --allow-principal User:" + it.name + " " + alerts.options())
          .doesNotContain("\tat ")
          .doesNotContain("kept-out-of-logs");
    }
    assertThat(secure.cluster().length(it.name + "-alerts")).isZero();
    secure.grant(it.principal(), List.of(alerts));
    try (WeirApplication application = WeirApplication.start(it.settings())) {
      assertThat(records(it.name + "-alerts", 1)).isPositive();
      if (once) {
        assertThat(records(it.name + "-scores", 100)).isEqualTo(100);
      } else {
        assertThat(records(it.name + "-scores", 100)).isGreaterThanOrEqualTo(100);
      }
      assertThat(application.failure()).isEmpty();
    }
  }

  enum Withdrawn {
    INPUT(Kind.AT_LEAST_ONCE, ResourceType.TOPIC, AclOperation.READ, ""),
    GROUP(Kind.AT_LEAST_ONCE, ResourceType.GROUP, AclOperation.READ, "-app"),
    SCORES(Kind.AT_LEAST_ONCE, ResourceType.TOPIC, AclOperation.WRITE, "-scores"),
    DEAD_LETTERS(Kind.EXACTLY_ONCE, ResourceType.TOPIC, AclOperation.WRITE, "-dead"),
    TRANSACTIONS(Kind.EXACTLY_ONCE, ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE, "-app-"),
    CHANGELOG(Kind.WINDOWS, ResourceType.TOPIC, AclOperation.WRITE, "-changelog");

    final Kind kind;
    final ResourceType resource;
    final AclOperation operation;
    final String end;

    Withdrawn(Kind kind, ResourceType resource, AclOperation operation, String end) {
      this.kind = kind;
      this.resource = resource;
      this.operation = operation;
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRightThatIsWithdrawnStopsTheProcessorWithItsName(Withdrawn what) throws Exception {
    Case it = Case.of("gone-" + what.ordinal(), what.kind);
    AccessRule rule =
        it.rule(what.resource, what.operation, what == Withdrawn.INPUT ? it.name : what.end);
    Map<String, String> hasty = new HashMap<>(it.flags);
    hasty.put("commit.interval.ms", "100");
    Settings settings = new SettingSources().flags(hasty).settings();
    try (WeirApplication application = WeirApplication.start(settings)) {
      send(it.name, 10, false);
      int scored = what.kind == Kind.WINDOWS ? 8 : 10;
      assertThat(records(it.name + "-scores", scored)).isEqualTo(scored);
      secure.withdraw(it.principal(), rule);
      send(it.name, 10, true);
      application.awaitEnd();
      assertThat(application.failure())
          .hasValueSatisfying(
              text ->
                  assertThat(text)
                      .startsWith("The brokers refuse User:" + it.name + ", which needs ")
                      .contains(rule.options())
                      .contains("Nothing is lost"));
    }
  }

  /// A transactional id that may be described and not be written looks granted at start.
  @Test
  void whatTheBrokersDoNotTellAtStartIsToldByTheFirstTransaction() throws Exception {
    Case it = Case.of("describe-only", Kind.EXACTLY_ONCE);
    AccessRule write = it.rule(ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE, "");
    secure.withdraw(it.principal(), write);
    secure.grant(
        it.principal(),
        List.of(
            new AccessRule(
                write.resource(), write.pattern(), write.name(), AclOperation.DESCRIBE, "")));
    try (WeirApplication application = WeirApplication.start(it.settings())) {
      application.awaitEnd();
      assertThat(application.failure().orElseThrow())
          .contains("The brokers refuse User:describe-only")
          .contains(write.options());
    }
  }

  @Test
  void aCertificateCanLogInInPlaceOfAPassword() throws Exception {
    secure.cluster().createTopics("certified", 1);
    Map<String, String> flags = secure.flags("certified", "nobody", secure.byCertificate());
    Settings settings = new SettingSources().flags(flags).settings();
    assertThatThrownBy(() -> WeirApplication.start(settings).close())
        .hasMessageContaining("Write on topic certified-alerts");
    secure.grant(SecureCluster.CERTIFIED, Kind.AT_LEAST_ONCE.rules(settings, "certified"));
    try (WeirApplication application = WeirApplication.start(settings)) {
      send("certified", 100, true);
      assertOutputs("certified", Kind.AT_LEAST_ONCE);
      assertThat(application.failure()).isEmpty();
    }
  }

  /// Payments of two keys; the last one anomalous, and a bad record behind them, if so wished.
  private static void send(String topic, int count, boolean anomaly) throws Exception {
    int schema = secure.cluster().register(topic, Payments.SCHEMA);
    try (KafkaProducer<byte[], byte[]> producer = secure.cluster().producer()) {
      for (int i = 0; i < count; i++) {
        GenericRecord payment =
            anomaly && i == count - 1 ? Payments.of("a", 5_000) : Payments.ordinary(i);
        producer.send(
            new ProducerRecord<>(
                topic, i % 2 == 0 ? 0 : last(topic), key(i % 2), Payments.bytes(schema, payment)));
      }
      if (anomaly) {
        producer.send(new ProducerRecord<>(topic, 0, key(0), new byte[] {1, 2, 3}));
      }
      producer.flush();
    }
  }

  private static int last(String topic) {
    return topic.equals("certified") ? 0 : 1;
  }

  private static byte[] key(int number) {
    return ("key" + number).getBytes(StandardCharsets.UTF_8);
  }

  /// How many committed records a topic has, when there are as many as expected.
  private static int records(String topic, int expected) {
    return secure
        .cluster()
        .read(topic, new ByteArrayDeserializer(), r -> r.size() >= expected)
        .size();
  }
}
