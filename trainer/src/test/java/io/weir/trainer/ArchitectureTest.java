package io.weir.trainer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// The walls of the trainer.
@AnalyzeClasses(packages = "io.weir.trainer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /// The stages in the order of the data, which is the order of the alphabet.
  private static final List<String> STAGES =
      List.of("data", "engine", "fit", "grid", "measure", "onnx", "publish", "report");

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("io.weir.trainer.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule vectorsStayInTheKernels =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.trainer.engine.kernel")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule onnxRuntimeStaysBehindTheDetector =
      noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule onnxFilesAreWrittenInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.trainer.onnx..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf.."));

  @ArchTest
  static final ArchRule duckDbStaysInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.trainer.data.duckdb")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.duckdb..", "java.sql.."));

  @ArchTest
  static final ArchRule kafkaAndTheRegistryStayInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.weir.trainer.data.topic")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "io.confluent.."));

  @ArchTest
  static final ArchRule trainerAndStreamsNeverMeet =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.weir.streams..");

  @ArchTest
  static final ArchRule commandLineIsReadInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.weir.trainer", "io.weir.trainer.command")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "picocli..", "me.tongfei..", "org.jline..", "io.weir.trainer.command"));

  @ArchTest
  static void stagesKnowOnlyThoseBeforeThem(JavaClasses classes) {
    for (int stage = 0; stage < STAGES.size(); stage++) {
      for (String later : STAGES.subList(stage + 1, STAGES.size())) {
        noClasses()
            .that()
            .resideInAPackage("io.weir.trainer." + STAGES.get(stage) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.trainer." + later + "..")
            .allowEmptyShould(true)
            .check(classes);
      }
    }
  }
}
