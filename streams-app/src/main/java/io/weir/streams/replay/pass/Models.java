package io.weir.streams.replay.pass;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.judge.Judge;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.path.Detection;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.tally.ModelFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The models of a replay, each with its thresholds: the replay's own, those that were asked for,
/// and the grid of a sweep.
final class Models implements AutoCloseable {
  /// What a sweep looks at: from one in a hundred to one in a hundred thousand by the validation
  /// rows, to one in a million by the tail that was fitted to them.
  private static final List<String> GRID =
      List.of(
          "quantile:0.99",
          "quantile:0.995",
          "quantile:0.998",
          "quantile:0.999",
          "quantile:0.9995",
          "quantile:0.9998",
          "quantile:0.9999",
          "quantile:0.99999",
          "tail:0.0001",
          "tail:0.00001",
          "tail:0.000001");

  private final List<Detection> detections = new ArrayList<>();
  private final List<ModelFacts> facts = new ArrayList<>();

  private Models() {}

  /// Opens them.
  ///
  /// @throws StartRefusedException if a model and the settings do not fit
  /// @throws ReplayFailedException if a model's card cannot answer a threshold that was asked for
  static Models open(ReplayOptions options, SchemaLookup lookup)
      throws StartRefusedException, ReplayFailedException {
    Models models = new Models();
    boolean opened = false;
    try {
      for (Settings settings : options.settings()) {
        models.add(options, settings, lookup);
      }
      opened = true;
      return models;
    } finally {
      if (!opened) {
        models.close();
      }
    }
  }

  private void add(ReplayOptions options, Settings settings, SchemaLookup lookup)
      throws StartRefusedException, ReplayFailedException {
    Map<String, Judge> more = new LinkedHashMap<>();
    List<String> leftOut = new ArrayList<>();
    List<UnresolvableThresholdException> refused = new ArrayList<>();
    Detection detection =
        Detection.open(
            settings,
            lookup,
            card -> {
              more.clear();
              options
                  .thresholds()
                  .forEach(policy -> judge(policy, settings, card, more).ifPresent(refused::add));
              if (options.sweep()) {
                grid(settings.threshold(), options)
                    .forEach(
                        policy ->
                            judge(policy, settings, card, more)
                                .ifPresent(e -> leftOut.add(policy + ": " + e.getMessage())));
              }
              return List.copyOf(more.values());
            });
    detections.add(detection);
    if (!refused.isEmpty()) {
      throw new ReplayFailedException("--threshold: " + refused.getFirst().getMessage());
    }
    facts.add(facts(settings, detection, List.copyOf(more.keySet()), leftOut));
  }

  /// The policies of the grid that are not asked for anyway.
  private static List<ThresholdPolicy> grid(ThresholdPolicy own, ReplayOptions options) {
    return GRID.stream()
        .map(ThresholdPolicy::parse)
        .filter(policy -> !policy.equals(own) && !options.thresholds().contains(policy))
        .toList();
  }

  private static Optional<UnresolvableThresholdException> judge(
      ThresholdPolicy policy, Settings settings, ModelCard card, Map<String, Judge> judges) {
    try {
      judges.put(policy.toString(), Judge.of(policy, card, settings.eventsPerDay()));
      return Optional.empty();
    } catch (UnresolvableThresholdException e) {
      return Optional.of(e);
    }
  }

  private static ModelFacts facts(
      Settings settings, Detection detection, List<String> policies, List<String> leftOut) {
    ModelCard card = detection.detector().card();
    List<Judge> judges = detection.judges();
    List<ModelFacts.Row> rows = new ArrayList<>();
    for (int row = 0; row < judges.size(); row++) {
      rows.add(
          new ModelFacts.Row(
              row == 0 ? settings.threshold().toString() : policies.get(row - 1),
              judges.get(row).threshold(Judge.ALL).value()));
    }
    return new ModelFacts(
        card.name(),
        card.version(),
        detection.detector().sha256(),
        settings.model().toString(),
        card.steps(),
        thresholds(judges.getFirst()).toList(),
        rows,
        leftOut);
  }

  private static Stream<ReplayResult.Threshold> thresholds(Judge judge) {
    return IntStream.range(0, judge.segments())
        .mapToObj(
            segment ->
                new ReplayResult.Threshold(
                    judge.segmentName(segment),
                    judge.threshold(segment).policy(),
                    judge.threshold(segment).value()));
  }

  List<Detection> detections() {
    return detections;
  }

  List<ModelFacts> facts() {
    return facts;
  }

  /// Whether what comes of an event depends on events before it.
  boolean remember() {
    return detections.stream()
        .anyMatch(detection -> detection.windows().isPresent() || detection.mutes());
  }

  @Override
  public void close() {
    detections.forEach(Detection::close);
  }
}
