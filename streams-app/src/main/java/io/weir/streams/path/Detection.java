package io.weir.streams.path;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.UnresolvableThresholdException;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.infer.RowJudge;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.Panel;
import io.weir.streams.judge.ScoreBuckets;
import io.weir.streams.mute.IgnoreRule;
import io.weir.streams.mute.MuteRules;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all paths of events share: the model, its thresholds, the scoring.
///
/// @param panel what judges the scores: the threshold that counts, and others beside it
/// @param readerSchema that events are read as; null for each writer's own
/// @param windows the rules of the model's windows, empty if it looks at single events
/// @param mute what keeps anomalous events from becoming alerts
/// @param alertFeaturesMax most features that an alert explains
public record Detection(
    Detector detector,
    Panel panel,
    LookAhead lookAhead,
    Schema readerSchema,
    Optional<WindowRules> windows,
    MuteRules mute,
    int alertFeaturesMax,
    Progress progress)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

  /// Opens the model and puts together what scores with it.
  ///
  /// @param lookup fetches the schemas of the events; the caller closes it
  /// @throws StartRefusedException if model and settings do not fit
  public static Detection open(Settings settings, SchemaLookup lookup)
      throws StartRefusedException {
    return open(settings, lookup, _ -> List.of());
  }

  /// The same, with further judges of the same scores.
  ///
  /// @param more makes them of the model's card
  /// @throws StartRefusedException if model and settings do not fit
  public static Detection open(
      Settings settings, SchemaLookup lookup, Function<ModelCard, List<Judge>> more)
      throws StartRefusedException {
    Detector detector = detector(settings);
    boolean opened = false;
    try {
      Detection detection = of(settings, detector, lookup, more.apply(detector.card()));
      opened = true;
      return detection;
    } finally {
      if (!opened) {
        detector.close();
      }
    }
  }

  /// Whether incidents or cool-downs are kept between events.
  public boolean mutes() {
    return mute.keepsState();
  }

  /// The judge whose verdicts count.
  public Judge judge() {
    return panel.judges().getFirst();
  }

  /// All judges, the one whose verdicts count first.
  public List<Judge> judges() {
    return panel.judges();
  }

  private static Detection of(
      Settings settings, Detector detector, SchemaLookup lookup, List<Judge> more)
      throws StartRefusedException {
    Judge judge = judge(settings, detector);
    Panel panel = new Panel(Stream.concat(Stream.of(judge), more.stream()).toList());
    Optional<WindowRules> windows = WindowSettings.rules(settings, detector.card());
    MuteRules mute = MuteSettings.rules(settings.mute(), detector.card());
    Schema reader = readerSchema(settings);
    List<FeatureSpec> features = detector.card().features();
    LookAhead lookAhead =
        new LookAhead(
            detector,
            () -> new EventDecoder(lookup, reader, features),
            settings.batchMax(),
            rowJudge(panel));
    return new Detection(
        detector,
        panel,
        lookAhead,
        reader,
        windows,
        mute,
        settings.alertFeaturesMax(),
        new Progress(
            ScoreBuckets.of(judge, detector.card()),
            mute.ignore().stream().map(IgnoreRule::name).toList()));
  }

  /// Frees the model; nobody must score any more.
  @Override
  public void close() {
    detector.close();
  }

  private static Detector detector(Settings settings) throws StartRefusedException {
    try {
      return Detector.open(settings.model(), settings.provider());
    } catch (DetectorRefusedException e) {
      throw new StartRefusedException(e.getMessage(), e);
    }
  }

  private static RowJudge rowJudge(Panel panel) {
    return new RowJudge() {
      @Override
      public int segment(float[] rows, int offset) {
        return panel.seat(rows, offset);
      }

      @Override
      public boolean isAnomalous(int segment, float score) {
        return panel.isAnomalous(segment, score);
      }
    };
  }

  private static Judge judge(Settings settings, Detector detector) throws StartRefusedException {
    try {
      ModelCard card = detector.card();
      Judge judge = Judge.of(settings.threshold(), card, settings.eventsPerDay());
      judge.notes().forEach(LOG::warn);
      for (int segment = Judge.ALL; segment < judge.segments(); segment++) {
        ModelCard.Threshold threshold = judge.threshold(segment);
        LOG.info(
            "Threshold {}{} ({}): {}",
            segment == Judge.ALL
                ? ""
                : "for %s %s ".formatted(card.segments().by(), judge.segmentName(segment)),
            threshold.value(),
            threshold.policy(),
            card.scores() == null
                ? "how rare alerts are is not known, the model card has no score distribution"
                : "about one alert in "
                    + Math.round(judge.rarity(segment, (float) threshold.value()))
                    + " normal events");
      }
      return judge;
    } catch (UnresolvableThresholdException e) {
      throw new StartRefusedException("weir.threshold: " + e.getMessage(), e);
    }
  }

  /// The schema that events are read as, null for each writer's own.
  ///
  /// @throws StartRefusedException if its file cannot be read
  public static Schema readerSchema(Settings settings) throws StartRefusedException {
    if (settings.readerSchema().isEmpty()) {
      return null;
    }
    Path file = settings.readerSchema().get();
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException | AvroRuntimeException e) {
      throw new StartRefusedException(
          "weir.input.reader.schema = "
              + file
              + " cannot be read as an Avro schema: "
              + e.getMessage(),
          e);
    }
  }
}
