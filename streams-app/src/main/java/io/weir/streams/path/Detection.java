package io.weir.streams.path;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.infer.LookAhead;
import io.weir.streams.infer.RowJudge;
import io.weir.streams.judge.Judge;
import io.weir.streams.judge.ScoreBuckets;
import io.weir.streams.judge.UnresolvableThresholdException;
import io.weir.streams.ops.Progress;
import io.weir.streams.ops.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all paths of events share: the model, its threshold, the scoring.
///
/// @param windows the rules of the model's windows, empty if it looks at single events
/// @param alertFeaturesMax most features that an alert explains
public record Detection(
    Detector detector,
    Judge judge,
    LookAhead lookAhead,
    Optional<WindowRules> windows,
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
    Detector detector = detector(settings);
    boolean opened = false;
    try {
      Detection detection = of(settings, detector, lookup);
      opened = true;
      return detection;
    } finally {
      if (!opened) {
        detector.close();
      }
    }
  }

  private static Detection of(Settings settings, Detector detector, SchemaLookup lookup)
      throws StartRefusedException {
    Judge judge = judge(settings, detector);
    Optional<WindowRules> windows = WindowSettings.rules(settings, detector.card());
    Schema reader = readerSchema(settings);
    List<FeatureSpec> features = detector.card().features();
    LookAhead lookAhead =
        new LookAhead(
            detector,
            () -> new EventDecoder(lookup, reader, features),
            settings.batchMax(),
            rowJudge(judge));
    return new Detection(
        detector,
        judge,
        lookAhead,
        windows,
        settings.alertFeaturesMax(),
        new Progress(ScoreBuckets.of(judge, detector.card())));
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

  private static RowJudge rowJudge(Judge judge) {
    return new RowJudge() {
      @Override
      public int segment(float[] rows, int offset) {
        return judge.segment(rows, offset);
      }

      @Override
      public boolean isAnomalous(int segment, float score) {
        return judge.isAnomalous(segment, score);
      }
    };
  }

  private static Judge judge(Settings settings, Detector detector) throws StartRefusedException {
    try {
      Judge judge = Judge.of(settings.threshold(), detector.card());
      ModelCard.Threshold threshold = judge.threshold(Judge.ALL);
      LOG.info(
          "Threshold {} ({}): {}",
          threshold.value(),
          threshold.policy(),
          detector.card().scores() == null
              ? "how rare alerts are is not known, the model card has no score distribution"
              : "about one alert in "
                  + Math.round(judge.rarity(Judge.ALL, (float) threshold.value()))
                  + " normal events");
      return judge;
    } catch (UnresolvableThresholdException e) {
      throw new StartRefusedException(e.getMessage(), e);
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
