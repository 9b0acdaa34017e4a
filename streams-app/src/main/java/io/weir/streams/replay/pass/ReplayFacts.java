package io.weir.streams.replay.pass;

import io.weir.detector.Detector;
import io.weir.streams.config.Settings;
import io.weir.streams.path.Detection;
import io.weir.streams.replay.LabelSource;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;

/// What the result of a replay depends on, named and told: an interrupted one may only go on if all
/// of it is the same.
final class ReplayFacts {
  private ReplayFacts() {}

  static Map<String, String> of(
      ReplayOptions options,
      Models models,
      Map<String, TopicDescription> topics,
      IsolationLevel isolation)
      throws ReplayFailedException {
    Settings settings = options.first();
    Map<String, String> facts = new LinkedHashMap<>();
    topics.forEach((name, topic) -> facts.put("topic " + name, topic.topicId().toString()));
    facts.put("--from", options.from().toString());
    facts.put("--to", options.to().toString());
    facts.put("--warm-up", options.warmUp().map(Object::toString).orElse("not given"));
    List<Detection> detections = models.detections();
    for (int model = 0; model < detections.size(); model++) {
      Detection detection = detections.get(model);
      facts.put(
          "model " + (model + 1),
          detection.detector().card().name() + " " + detection.detector().sha256());
      facts.put(
          "thresholds of model " + (model + 1),
          models.facts().get(model).rows().stream()
              .map(row -> row.policy() + " = " + row.value())
              .collect(Collectors.joining(", ")));
      facts.put("windows of model " + (model + 1), detection.windows().toString());
    }
    facts.put("incidents, cool-downs and ignore rules", settings.mute().toString());
    facts.put("weir.alert.features.max", String.valueOf(settings.alertFeaturesMax()));
    facts.put(
        "weir.input.reader.schema",
        settings.readerSchema().isEmpty() ? "none" : digest(settings.readerSchema().get()));
    facts.put("isolation.level", isolation.toString());
    facts.put("labels", labels(options));
    facts.put("--alerts-topic", options.alertsTopic().orElse("none"));
    facts.put("runtime", Detector.runtime());
    facts.put("weir.onnx.provider", settings.provider().toString());
    return facts;
  }

  private static String labels(ReplayOptions options) throws ReplayFailedException {
    if (options.labels().isEmpty()) {
      return "none";
    }
    return switch (options.labels().get()) {
      case LabelSource.Listed(Path file) -> file + " " + digest(file);
      case LabelSource.Field field -> field.toString();
    };
  }

  private static String digest(Path file) throws ReplayFailedException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new ReplayFailedException("%s cannot be read: %s".formatted(file, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
