package io.weir.trainer.command;

import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard.Parent;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.schemas.card.ThresholdPolicy;
import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Source;
import io.weir.trainer.data.ask.DataRequest.Timing;
import io.weir.trainer.data.ask.ReadListener;
import io.weir.trainer.data.ask.TimeRange;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.fit.FitSettings;
import io.weir.trainer.fit.Split;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.measure.SegmentRule;
import io.weir.trainer.publish.PublishedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is trained.
sealed interface Subject {
  /// The preset it comes from.
  String preset();

  Schedule schedule();

  /// Whether it learns from the labels of rows of both kinds.
  boolean supervised();

  /// The model whose training goes on.
  Optional<Parent> parent();

  /// What makes a row of several events.
  Optional<Window> window();

  /// How the card's thresholds are chosen, where nothing else is said.
  List<ThresholdPolicy> policies();

  /// What divides the scores, where nothing else is said.
  Optional<SegmentRule> segments();

  /// How many events come a day, where nothing else is known; null if unknown.
  Double eventsPerDay();

  /// All rows of a source, with this subject's features.
  ///
  /// @param excluded times whose rows are left out
  /// @param storage where the rows wait
  Dataset rows(
      Source source,
      FeatureOptions features,
      List<TimeRange> excluded,
      Storage storage,
      ReadListener listener);

  /// @param rows those that train
  /// @param split which of them are held out; empty to have them drawn
  /// @param storage decides whether rows are preprocessed and shuffled as a whole or in blocks
  Training training(FitSettings settings, Dataset rows, Optional<Split> split, Storage storage);

  /// What the flags ask for.
  ///
  /// @param from the model file whose training goes on; null for a new network
  /// @throws ConfigException where they contradict each other
  static Subject asked(
      Path from,
      VariantOptions variant,
      NetworkOptions network,
      FeatureOptions features,
      WindowOptions windows)
      throws IOException, DetectorRefusedException {
    windows.requireStride();
    Subject subject =
        from == null
            ? new Fresh(
                variant.preset().label(),
                network.recipe(variant.variant(), features.scaling().orElse(null)),
                windows.window(features.key, features.time))
            : continued(from, variant, network, features, windows);
    if (subject.supervised() && features.label == null) {
      throw new ConfigException(
          "The classifier of %s learns from labels: name their column with --label"
              .formatted(from == null ? "preset " + subject.preset() : from));
    }
    return subject;
  }

  private static Subject continued(
      Path from,
      VariantOptions variant,
      NetworkOptions network,
      FeatureOptions features,
      WindowOptions windows)
      throws IOException, DetectorRefusedException {
    List<String> flags = new ArrayList<>(network.ofNewNetworks(variant.ofNewNetworks()));
    flags.addAll(features.ofNewFeatures());
    flags.addAll(windows.ofNewNetworks());
    if (!flags.isEmpty()) {
      throw new ConfigException(
          "--from %s keeps the model's network and features: leave %s out, or train a new one without --from"
              .formatted(from, String.join(", ", flags)));
    }
    PublishedModel model = PublishedModel.read(from);
    return new Continued(
        model,
        network.objective(model.objective(), variant.beta()),
        network.schedule(model.schedule()),
        Optional.ofNullable(model.card().window())
            .map(window -> ArrivalOptions.renamed(window, features.key, features.time)));
  }

  /// A new network.
  record Fresh(String preset, Recipe recipe, Optional<Window> window) implements Subject {
    @Override
    public Schedule schedule() {
      return recipe.schedule();
    }

    @Override
    public boolean supervised() {
      return recipe.supervised();
    }

    @Override
    public Optional<Parent> parent() {
      return Optional.empty();
    }

    @Override
    public List<ThresholdPolicy> policies() {
      return Judging.USUAL;
    }

    @Override
    public Optional<SegmentRule> segments() {
      return Optional.empty();
    }

    @Override
    public Double eventsPerDay() {
      return null;
    }

    @Override
    public Dataset rows(
        Source source,
        FeatureOptions features,
        List<TimeRange> excluded,
        Storage storage,
        ReadListener listener) {
      return DataReader.infer(
          features
              .request(source, recipe.scaling(), supervised())
              .withTiming(new Timing(window.isPresent(), excluded, true)),
          storage,
          listener);
    }

    @Override
    public Training training(
        FitSettings settings, Dataset rows, Optional<Split> split, Storage storage) {
      return Training.fresh(recipe, window, settings, rows, split, storage);
    }
  }

  /// A published model, to be trained on. Adam starts anew: files do not hold its moments.
  record Continued(
      PublishedModel model, Objective objective, Schedule schedule, Optional<Window> window)
      implements Subject {
    @Override
    public String preset() {
      return model.card().architecture().preset();
    }

    @Override
    public boolean supervised() {
      return model.network().classifier().isPresent();
    }

    @Override
    public List<ThresholdPolicy> policies() {
      List<ThresholdPolicy> policies =
          model.card().thresholds().stream()
              .map(threshold -> new ThresholdPolicy.FromCard().within(threshold))
              .toList();
      return policies.isEmpty() ? Judging.USUAL : policies;
    }

    @Override
    public Optional<SegmentRule> segments() {
      return Optional.ofNullable(model.card().segments())
          .map(segments -> new SegmentRule(segments.by(), segments.rowsMin()));
    }

    @Override
    public Double eventsPerDay() {
      return model.card().eventsPerDay();
    }

    @Override
    public Optional<Parent> parent() {
      return Optional.of(new Parent(model.card().name(), model.card().version(), model.sha256()));
    }

    @Override
    public Dataset rows(
        Source source,
        FeatureOptions features,
        List<TimeRange> excluded,
        Storage storage,
        ReadListener listener) {
      Roles roles = features.roles(supervised());
      DataRequest request =
          DataRequest.of(source.location())
              .withSource(source)
              .withRoles(window.map(w -> roles.withKeyAndTime(w.key(), w.time())).orElse(roles))
              .withTiming(new Timing(window.isPresent(), excluded, true));
      return DataReader.bind(request, model.card().features(), storage, listener);
    }

    @Override
    public Training training(
        FitSettings settings, Dataset rows, Optional<Split> split, Storage storage) {
      return Training.continuing(model, window, objective, settings, rows, split, storage);
    }
  }
}
