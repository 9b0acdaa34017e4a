package io.weir.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/// The tests of the class need a container engine.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

  /// Skips, or fails where `WEIR_CONTAINERS` is `required`.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return decide(
          System.getenv().getOrDefault("WEIR_CONTAINERS", ""),
          () -> DockerClientFactory.instance().isDockerAvailable());
    }

    static ConditionEvaluationResult decide(String wanted, BooleanSupplier engine) {
      return switch (wanted) {
        case "never" -> ConditionEvaluationResult.disabled("WEIR_CONTAINERS is never");
        case "required" -> {
          if (!engine.getAsBoolean()) {
            throw new AssertionError(
                "WEIR_CONTAINERS is required, but no container engine answers: start one, or point"
                    + " DOCKER_HOST at it");
          }
          yield ConditionEvaluationResult.enabled("WEIR_CONTAINERS is required");
        }
        case "" ->
            engine.getAsBoolean()
                ? ConditionEvaluationResult.enabled("there is a container engine")
                : ConditionEvaluationResult.disabled(
                    "no container engine answers; WEIR_CONTAINERS=required makes that a failure");
        default ->
            throw new AssertionError(
                "WEIR_CONTAINERS is \"%s\": it must be required, never or absent"
                    .formatted(wanted));
      };
    }
  }
}
