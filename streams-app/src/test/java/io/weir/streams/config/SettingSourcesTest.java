package io.weir.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.weir.detector.ExecutionProvider;
import io.weir.schemas.card.ThresholdPolicy;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "application.id", "weir",
          "bootstrap.servers", "broker:9092",
          "weir.input.topics", "payments,refunds",
          "weir.model.file", "model.onnx",
          "weir.schema.registry.url", "http://registry:8081");

  @TempDir Path directory;

  @Test
  void fiveSettingsAreEnough() {
    Settings settings = with(Map.of());
    assertThat(settings.input()).isEqualTo(new InputTopics.Listed(List.of("payments", "refunds")));
    assertThat(settings.alertsTopic()).isEqualTo("weir-alerts");
    assertThat(settings.scoresTopic()).isEmpty();
    assertThat(settings.deadLetterTopic()).isEqualTo("weir-dead-letters");
    assertThat(settings.threshold()).isEqualTo(new ThresholdPolicy.FromCard());
    assertThat(settings.batchMax()).isEqualTo(512);
    assertThat(settings.alertFeaturesMax()).isEqualTo(5);
    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080));
    assertThat(settings.registry().autoRegister()).isTrue();
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void theEnvironmentIsStrongerThanTheFileAndTheCommandLineStrongerThanBoth() throws IOException {
    Path file =
        file("weir.alerts.topic=of-the-file\nweir.scores.topic=of-the-file\nweir.batch.max=1\n");
    Settings settings =
        new SettingSources()
            .file(file)
            .environment(Map.of("WEIR_SCORES_TOPIC", "of-the-environment", "WEIR_BATCH_MAX", "2"))
            .flags(Map.of("weir.batch.max", "3"))
            .flags(REQUIRED)
            .settings();
    assertThat(settings.alertsTopic()).isEqualTo("of-the-file");
    assertThat(settings.scoresTopic()).hasValue("of-the-environment");
    assertThat(settings.batchMax()).isEqualTo(3);
    assertThat(settings.effective())
        .contains(
            "weir.alerts.topic = of-the-file (file)",
            "weir.scores.topic = of-the-environment (environment)",
            "weir.batch.max = 3 (flag)",
            "weir.threshold = card (default)");
  }

  @Test
  void anyKafkaSettingHasAnEnvironmentVariable() {
    Settings settings =
        new SettingSources()
            .flags(REQUIRED)
            .environment(Map.of("WEIR_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"))
            .settings();
    assertThat(settings.kafka()).containsEntry("security.protocol", "SASL_SSL");
  }

  @Test
  void anEmptyValueTakesASettingBackToItsDefault() {
    assertThat(with(Map.of("weir.alerts.topic", "")).alertsTopic()).isEqualTo("weir-alerts");
  }

  @Test
  void everyMissingRequiredSettingIsNamedAtOnce() {
    assertThat(problems(Map.of()))
        .hasSize(5)
        .anyMatch(p -> p.startsWith("application.id is required and has no default: "))
        .anyMatch(p -> p.startsWith("bootstrap.servers is required"))
        .anyMatch(p -> p.startsWith("weir.model.file is required"))
        .anyMatch(p -> p.startsWith("weir.schema.registry.url is required"))
        .contains("give either weir.input.topics or weir.input.pattern, one of them is required");
  }

  @Test
  void anUnknownKeyFailsWithTheNearestKnownOne() {
    assertThat(problemsWith(Map.of("weir.alert.topic", "a")))
        .containsExactly(
            "there is no setting weir.alert.topic (from the flag); the nearest is"
                + " weir.alerts.topic");
  }

  @Test
  void ignoreRulesHaveNamesOfTheirOwn() {
    Settings settings =
        new SettingSources()
            .flags(REQUIRED)
            .flags(Map.of("weir.ignore.small", "amount < 5", "weir.ignore.taken-back", ""))
            .environment(Map.of("WEIR_IGNORE_NIGHT_BATCH", "key = batch"))
            .settings();
    assertThat(settings.mute().ignore())
        .containsExactly(Map.entry("night.batch", "key = batch"), Map.entry("small", "amount < 5"));
    assertThat(settings.mute().keepsState()).isFalse();
    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.effective()).contains("weir.ignore.small = amount < 5 (flag)");
    assertThat(problemsWith(Map.of("weir.ignore.", "x", "weir.ignore.a b", "x")))
        .hasSize(2)
        .allMatch(problem -> problem.contains("names no rule"));
  }

  @Test
  void aVariableThatNamesNoSettingIsReportedAndPassedOver() {
    Settings settings =
        new SettingSources()
            .flags(REQUIRED)
            .environment(Map.of("WEIR_SERVICE_HOST", "10.0.0.7", "WEIR_JAVA_OPTS", "-Xmx1g"))
            .settings();
    assertThat(settings.warnings())
        .singleElement()
        .asString()
        .startsWith("the environment variable WEIR_SERVICE_HOST sets nothing");
  }

  @Test
  void eachInvalidValueIsNamedWithItsRule() {
    assertThat(
            problemsWith(
                Map.of(
                    "weir.batch.max", "0",
                    "weir.alerts.topic", "no spaces",
                    "weir.threshold", "quantile:1.5",
                    "weir.schema.registry.url", "registry:8081",
                    "weir.schema.registry.auto.register", "perhaps",
                    "weir.http.port", "65536",
                    "weir.http.host", "http://localhost",
                    "processing.guarantee", "exactly_twice",
                    "consumer.max.poll.records", "many")))
        .hasSize(9)
        .anyMatch(p -> p.contains("weir.batch.max") && p.contains("at least 1"))
        .anyMatch(p -> p.contains("no spaces") && p.contains("1 to 249 letters"))
        .anyMatch(p -> p.contains("quantile:P needs a fraction P between 0 and 1"))
        .anyMatch(p -> p.contains("http://host:8081"))
        .anyMatch(p -> p.contains("auto.register") && p.contains("true or false"))
        .anyMatch(p -> p.contains("weir.http.port") && p.contains("no more than 65535"))
        .anyMatch(p -> p.contains("weir.http.host") && p.contains("a name or an address"))
        .anyMatch(p -> p.contains("exactly_twice"))
        .anyMatch(p -> p.contains("consumer.max.poll.records"));
  }

  @Test
  void aSettingThatIsGoneSaysWhatToDoInstead() {
    assertThat(problemsWith(Map.of("weir.topics.create", "true")))
        .containsExactly(
            "there is no setting weir.topics.create (from the flag); the processor no longer"
                + " creates topics: remove the setting and run ./weir topics --create with the"
                + " same settings");
    assertThat(
            new SettingSources()
                .flags(REQUIRED)
                .environment(Map.of("WEIR_TOPICS_CREATE", "true"))
                .settings()
                .warnings())
        .singleElement()
        .asString()
        .contains("./weir topics --create");
  }

  @Test
  void aTopicIsEitherReadOrWritten() {
    assertThat(problemsWith(Map.of("weir.alerts.topic", "payments")))
        .containsExactly(
            "weir.alerts.topic = payments is also an input topic, which would never end: use"
                + " another topic");
    Map<String, String> pattern = new HashMap<>(REQUIRED);
    pattern.remove("weir.input.topics");
    pattern.put("weir.input.pattern", "weir-.*");
    assertThat(problems(pattern)).hasSize(2).allMatch(p -> p.contains("is also an input topic"));
  }

  @Test
  void outputTopicsDiffer() {
    assertThat(problemsWith(Map.of("weir.scores.topic", "weir-alerts")))
        .containsExactly(
            "weir.scores.topic = weir-alerts is also another output topic: give each its own");
  }

  @Test
  void topicsAreGivenByNameOrByPatternButNotBoth() {
    assertThat(problemsWith(Map.of("weir.input.pattern", "p.*")))
        .containsExactly("give either weir.input.topics or weir.input.pattern, not both");
  }

  @Test
  void aRegistryOutageMayNotOutlastThePollInterval() {
    assertThat(problemsWith(Map.of("consumer.max.poll.interval.ms", "60000")))
        .singleElement()
        .asString()
        .contains("weir.schema.registry.outage.max.ms = 240000 must be below")
        .contains("60000");
  }

  @Test
  void whatTheGuaranteesRestOnCannotBeSet() {
    assertThat(problemsWith(Map.of("errors.dead.letter.queue.topic.name", "dlq")))
        .containsExactly(
            "errors.dead.letter.queue.topic.name cannot be set: use weir.dead.letter.topic");
    assertThat(problemsWith(Map.of("production.exception.handler", "java.lang.String")))
        .contains(
            "production.exception.handler cannot be set: Weir stops when Kafka refuses an output,"
                + " so that none is dropped");
  }

  @Test
  void tunedDefaultsYieldToAnyFormOfTheSameSetting() {
    assertThat(with(Map.of()).effective()).contains("max.poll.records = 10000 (default of Weir)");
    Settings settings = with(Map.of("main.consumer.max.poll.records", "7"));
    assertThat(settings.effective())
        .contains("main.consumer.max.poll.records = 7 (flag)")
        .noneMatch(line -> line.startsWith("max.poll.records"));
  }

  @Test
  void secretsAreHiddenWhereverTheyStand() {
    Settings settings =
        with(
            Map.of(
                "sasl.jaas.config", "hush",
                "consumer.ssl.truststore.password", "hush",
                "weir.schema.registry.basic.auth.user.info", "me:hush",
                "weir.schema.registry.bearer.auth.token", "hush",
                "weir.schema.registry.url", "http://me:hush@registry:8081"));
    assertThat(settings.effective()).noneMatch(line -> line.contains("hush"));
    assertThat(settings.effective())
        .contains(
            "sasl.jaas.config = [hidden] (flag)",
            "weir.schema.registry.url = http://[hidden]@registry:8081 (flag)");
    assertThat(settings.registry().shown()).isEqualTo("http://[hidden]@registry:8081");
    assertThat(
            with(Map.of(
                    "weir.schema.registry.url", "http://me:h/u@sh@one:1/x,http://me:hush@two:2"))
                .registry()
                .shown())
        .isEqualTo("http://[hidden]@one:1/x, http://[hidden]@two:2");
    assertThat(problemsWith(Map.of("weir.schema.registry.url", "htp://me:hush@registry:8081")))
        .singleElement()
        .asString()
        .contains("htp://[hidden]@registry:8081")
        .doesNotContain("hush");
  }

  @Test
  void theRegistryClientGetsItsOwnSettingsWithoutTheirPrefix() {
    Settings settings =
        with(
            Map.of(
                "weir.schema.registry.basic.auth.user.info", "me:hush",
                "weir.schema.registry.ssl.truststore.location", "/trust.jks"));
    assertThat(settings.registry().client())
        .containsEntry("basic.auth.credentials.source", "USER_INFO")
        .containsEntry("basic.auth.user.info", "me:hush")
        .containsEntry("schema.registry.ssl.truststore.location", "/trust.jks");
  }

  @Test
  void aMisspelledSettingOfTheRegistryClientIsPassedOnWithAWarning() {
    Settings settings =
        with(
            Map.of(
                "weir.schema.registry.basic.auth.user.inof", "me:hush",
                "weir.schema.registry.max.retries", "2",
                "weir.schema.registry.ssl.truststore.location", "/trust.jks"));
    assertThat(settings.warnings())
        .containsExactly(
            "neither Weir nor the registry's client has a setting"
                + " weir.schema.registry.basic.auth.user.inof (from the flag), it is only passed"
                + " on; the nearest is weir.schema.registry.basic.auth.user.info");
    assertThat(settings.registry().client()).containsEntry("basic.auth.user.inof", "me:hush");
  }

  /// Whatever name the client's own class has for a setting is known, and nothing else is.
  @Test
  void theKnownSettingsOfTheRegistryClientAreThoseItHas() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : SchemaRegistryClientConfig.class.getFields()) {
      if (field.getType() == String.class && !field.getName().endsWith("_DEFAULT")) {
        names.add((String) field.get(null));
      }
    }
    names.removeIf(name -> name.endsWith("."));
    names.addAll(new ConfigDef().withClientSslSupport().names());
    assertThat(RegistryClientKeys.names()).isEqualTo(names);
  }

  @Test
  void theProviderIsTheCpuUnlessToldOtherwise() {
    assertThat(with(Map.of()).provider()).isEqualTo(new ExecutionProvider.Cpu());
    ExecutionProvider.Cuda cuda = new ExecutionProvider.Cuda(1, OptionalLong.of(1_000_000));
    Map<String, String> gpu =
        Map.of("weir.onnx.cuda.device.id", "1", "weir.onnx.cuda.memory.limit.bytes", "1000000");
    assertThat(with(and(gpu, "weir.onnx.provider", "cuda")).provider()).isEqualTo(cuda);
    assertThat(with(and(gpu, "weir.onnx.provider", "auto")).provider())
        .isEqualTo(new ExecutionProvider.Auto(cuda));
    assertThat(problemsWith(Map.of("weir.onnx.provider", "gpu")))
        .singleElement()
        .asString()
        .contains("weir.onnx.provider", "gpu", "cpu, cuda, auto");
  }

  private static Map<String, String> and(Map<String, String> settings, String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return more;
  }

  @Test
  void aMisspelledKafkaSettingIsPassedOnWithAWarning() {
    assertThat(with(Map.of("consmer.max.poll.records", "7")).warnings())
        .containsExactly(
            "Kafka has no setting consmer.max.poll.records, it is only passed on; the nearest is"
                + " consumer.max.poll.records");
  }

  @Test
  void aFileThatIsMissingOrContradictsItselfIsAProblemLikeAnyOther() throws IOException {
    Path twice = file("weir.batch.max=1\nweir.batch.max=2\n");
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                new SettingSources()
                    .file(directory.resolve("absent.properties"))
                    .file(twice)
                    .flags(REQUIRED)
                    .settings());
    assertThat(e.problems())
        .hasSize(2)
        .anyMatch(p -> p.startsWith("there is no settings file"))
        .anyMatch(p -> p.startsWith("weir.batch.max is given twice"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("weir.properties"), text, StandardCharsets.UTF_8);
  }

  private static Settings with(Map<String, String> more) {
    return new SettingSources().flags(REQUIRED).flags(more).settings();
  }

  private static List<String> problemsWith(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.putAll(more);
    return problems(all);
  }

  private static List<String> problems(Map<String, String> all) {
    return catchThrowableOfType(
            InvalidSettingsException.class, () -> new SettingSources().flags(all).settings())
        .problems();
  }
}
