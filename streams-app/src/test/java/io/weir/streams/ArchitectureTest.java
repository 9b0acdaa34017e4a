package io.weir.streams;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.weir.streams.ops.http.OpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.weir.streams");

  @Test
  void packagesFormNoCircles() {
    slices().matching("io.weir.streams.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheRootSeesEverything() {
    noClasses()
        .that()
        .resideInAPackage("io.weir.streams.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.weir.streams")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "command, config|replay|tell",
    "config, ",
    "count, ",
    "decode, ",
    "gather, decode",
    "infer, count|decode|gather",
    "judge, config|count",
    "mute, judge",
    "notify, decode|judge",
    "ops, config|count|decode|judge|ops.topics",
    "ops.http, config|ops",
    "ops.metrics, count|decode|judge|ops",
    "ops.topics, config",
    "path, config|count|decode|gather|infer|judge|mute|notify|ops",
    "redrive, config",
    "replay, config|decode|gather|path",
    "replay.tally, decode|judge|replay",
    "replay.pass, config|decode|infer|judge|mute|notify|ops|path|replay|replay.tally",
    "tell, decode|judge",
    "tell.webhook, config|decode|tell",
    "report, replay",
    "verify, decode|notify|replay"
  })
  void aStageKnowsOnlyTheStagesItNeeds(String stage, String needed) {
    String allowed = stage + (needed == null ? "" : "|" + needed);
    classes()
        .that()
        .resideInAPackage("io.weir.streams." + stage)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are outside io.weir.streams or in " + allowed,
                (JavaClass c) ->
                    !c.getPackageName().startsWith("io.weir.streams")
                        || c.getPackageName().matches("io\\.weir\\.streams\\.(" + allowed + ")")))
        .check(CLASSES);
  }

  @Test
  void theTrainerIsOutOfSight() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.weir.trainer..", "io.weir.local..")
        .check(CLASSES);
  }

  @Test
  void onnxRuntimeStaysBehindTheDetector() {
    noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..").check(CLASSES);
  }

  @Test
  void javalinAndJettyStayBehindTheServer() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(OpsServer.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void micrometerAndPrometheusStayBehindTheMetrics() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.weir.streams.ops.metrics")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void onlyKafkasPublicInterfaceIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..internals..")
        .check(CLASSES);
  }

  @Test
  void theRegistryClientIsUsedWhereSchemasAreFetchedAndRegistered() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.weir.streams", "io.weir.streams.decode", "io.weir.streams.notify")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.confluent..")
        .check(CLASSES);
  }
}
