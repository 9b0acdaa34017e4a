package io.weir.trainer.report;

import static io.weir.trainer.report.Table.Column.left;
import static io.weir.trainer.report.Table.Column.right;

import io.weir.schemas.card.Background;
import io.weir.schemas.card.Calibration;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.LeftOut;
import io.weir.schemas.card.ModelCard.LossTerms;
import io.weir.schemas.card.ModelCard.Quantile;
import io.weir.schemas.card.ModelCard.ScoreDistribution;
import io.weir.schemas.card.ModelCard.Threshold;
import io.weir.schemas.card.ModelCard.TopicPart;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.schemas.card.ScoreSegments;
import io.weir.schemas.card.ScoreTail;
import io.weir.trainer.data.topic.OffsetText;
import java.time.Duration;
import java.util.List;

/// A model card as text for a terminal.
public final class CardReport {
  private static final List<Double> QUANTILES = List.of(0.0, 0.5, 0.9, 0.99, 0.999, 1.0);

  private CardReport() {}

  /// All of the card but the golden vectors' values.
  ///
  /// @param file where the model was read from
  /// @param sha256 of the file
  public static String of(ModelCard card, String file, String sha256) {
    return String.join(
        System.lineSeparator() + System.lineSeparator(),
        identity(card, file, sha256),
        ModelSummary.of(card.architecture()),
        features(card),
        training(card),
        data(card),
        scores(card));
  }

  private static String identity(ModelCard card, String file, String sha256) {
    return """
    %s %s, published %s by Weir %s
    file    %s
    sha256  %s\
    """
        .formatted(card.name(), card.version(), card.created(), card.weirVersion(), file, sha256);
  }

  private static String features(ModelCard card) {
    Table table =
        new Table(right("#"), left("Feature"), left("Field"), left("Kind"), left("Preprocessing"));
    for (int f = 0; f < card.features().size(); f++) {
      var feature = card.features().get(f);
      table.row(
          f,
          feature.name(),
          feature.field(),
          FeatureText.kind(feature),
          FeatureText.preprocessing(feature, card.preprocessing().get(f)));
    }
    return table.toString();
  }

  /// What makes a row; empty where it is one event.
  private static String window(Window window) {
    if (window == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("Row: the last %d events".formatted(window.steps()));
    if (window.key() != null) {
      text.append(" of the same ").append(window.key());
    }
    if (window.maxGapMillis() != null) {
      text.append(
          ", none more than %s after the one before (%s)"
              .formatted(Duration.ofMillis(window.maxGapMillis()), window.time()));
    }
    if (window.maxGap() != null) {
      text.append(
          ", none more than %s after the one before (%s)"
              .formatted(window.maxGap(), window.time()));
    }
    text.append(
        window.padded() ? "; fewer at the beginning" : "; no score before there are so many");
    return text.append(System.lineSeparator()).toString();
  }

  private static String training(ModelCard card) {
    var t = card.training();
    String settings =
        "Training: %s, %s, learning rate %s, batch %d, epochs %d, seed %d, validation %s"
            .formatted(
                loss(card),
                t.optimizer(),
                t.learningRate(),
                t.batch(),
                t.epochs(),
                t.seed(),
                t.validation());
    if (t.from() != null) {
      settings =
          "Continued from %s %s (sha256 %s)%n%s"
              .formatted(t.from().name(), t.from().version(), t.from().sha256(), settings);
    }
    settings = window(card.window()) + settings;
    return card.history() == null
        ? settings
        : settings + System.lineSeparator() + history(card.history());
  }

  private static String loss(ModelCard card) {
    var t = card.training();
    var terms = t.terms();
    StringBuilder text = new StringBuilder();
    if (terms.classifierWeight() != null) {
      text.append("%s x cross-entropy + ".formatted(terms.classifierWeight()));
    }
    if (terms.reconstructionWeight() != 1) {
      text.append("%s x ".formatted(terms.reconstructionWeight()));
    }
    text.append("%s (%s)".formatted(t.reconstructionLoss(), t.reconstructionReduction()));
    if (!"autoencoder".equals(card.architecture().kind())) {
      text.append(" + %s x KL divergence (%s)".formatted(t.beta(), t.klReduction()));
    }
    if (!terms.priorMeans().equals(LossTerms.PLAIN.priorMeans())
        || !terms.priorDeviations().equals(LossTerms.PLAIN.priorDeviations())) {
      text.append(
          " from a prior of mean %s, deviation %s"
              .formatted(terms.priorMeans(), terms.priorDeviations()));
    }
    if (terms.samples() > 1) {
      text.append(", %d samples".formatted(terms.samples()));
    }
    return text.toString();
  }

  private static String history(History history) {
    String validation =
        history.validationLoss() == null
            ? ""
            : ", validation %.6g".formatted(history.validationLoss());
    String auc = history.auc() == null ? "" : ", AUC %.4f".formatted(history.auc());
    return "Result: best epoch %d of %d, loss %.6g (reconstruction %.6g, KL divergence %.6g)%s%s, %.1f s"
        .formatted(
            history.bestEpoch(),
            history.epochsRun(),
            history.loss(),
            history.reconstructionLoss(),
            history.klDivergence(),
            validation,
            auc,
            history.seconds());
  }

  private static String data(ModelCard card) {
    Table table =
        new Table(left("Data"), left("Kind"), right("Rows"), left("Filter"), left("SHA-256"));
    for (DataSource source : card.data()) {
      table.row(
          source.location(),
          source.kind(),
          "%,d".formatted(source.rows()),
          source.filter() == null ? "" : source.filter(),
          source.sha256() == null ? "" : source.sha256().substring(0, 12));
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (DataSource source : card.data()) {
      if (source.topic() != null) {
        text.append("%n%s".formatted(topic(source.topic())));
      }
    }
    return text.toString();
  }

  private static String topic(TopicPart part) {
    StringBuilder text =
        new StringBuilder(
            "Topic: %s; read as %s; schema ids %s"
                .formatted(OffsetText.of(part.offsets()), part.readerSchema(), part.schemaIds()));
    for (LeftOut left : part.leftOut()) {
      text.append(
          "%nLeft out: %,d records, %s, the first in partition %d at offset %d"
              .formatted(left.records(), left.reason(), left.partition(), left.offset()));
    }
    return text.toString();
  }

  private static String scores(ModelCard card) {
    StringBuilder text =
        new StringBuilder(
            "Score: %s, %d golden vectors"
                .formatted(
                    card.architecture().classifies()
                        ? "the classifier's probability"
                        : "reconstruction_loss + %s x kl_divergence"
                            .formatted(card.scoring().klWeight()),
                    card.golden().size()));
    for (Threshold threshold : card.thresholds()) {
      text.append("%nThreshold %s: %s".formatted(threshold.policy(), threshold.value()));
    }
    if (card.scores() != null) {
      text.append("%n%s%n%s".formatted(distribution(card.scores()), tail(card.scores())));
    }
    if (card.eventsPerDay() != null) {
      text.append("%nEvents per day: %,.0f".formatted(card.eventsPerDay()));
    }
    if (card.segments() != null) {
      text.append("%n%s".formatted(segments(card.segments())));
    }
    text.append("%n%s".formatted(background(card.background())));
    return text.toString();
  }

  private static String background(Background background) {
    return background == null
        ? "Background: none, so that single scores cannot be explained"
        : "Background: %d rows by %s, the largest stands for %.1f %% of all"
            .formatted(
                background.rows().size(),
                background.method(),
                100
                    * background.rows().stream()
                        .mapToDouble(Background.Row::weight)
                        .max()
                        .orElse(0));
  }

  /// What was fitted to the highest scores, in one line.
  public static String tail(ScoreDistribution scores) {
    ScoreTail tail = scores.tail();
    if (tail == null) {
      return "Tail: none";
    }
    String fit =
        "shape %.3f, scale %.4g, from %.6g on (%,d rows), %s, goodness %.3f"
            .formatted(
                tail.shape(),
                tail.scale(),
                tail.start(),
                tail.excesses(),
                tail.estimator().replace('_', ' '),
                tail.goodness());
    return tail.usable()
        ? "Tail: " + fit
        : "Tail: not usable: %s%s"
            .formatted(tail.refusal(), tail.scale() > 0 ? " (" + fit + ")" : "");
  }

  private static String segments(ScoreSegments segments) {
    if (segments.segments().isEmpty()) {
      return "Segments by %s: none has %,d rows".formatted(segments.by(), segments.rowsMin());
    }
    Table table =
        new Table(left("Segment of " + segments.by()), right("Rows"), right("0.99"), left("Tail"));
    for (ScoreSegments.Segment segment : segments.segments()) {
      ScoreDistribution scores = segment.scores();
      table.row(
          segment.value(),
          "%,d".formatted(scores.count()),
          "%.6g"
              .formatted(
                  Calibration.empirical(scores).threshold(Math.max(0.01, 1.0 / scores.count()))),
          tail(scores).substring("Tail: ".length()));
    }
    return table.toString();
  }

  private static String distribution(ScoreDistribution scores) {
    Table table = new Table(left("Of the rows, below"), right("Score"));
    for (Quantile quantile : scores.quantiles()) {
      if (QUANTILES.contains(quantile.p())) {
        table.row(quantile.p(), quantile.score());
      }
    }
    return "%s%n%,d rows, mean %.6g +- %.6g"
        .formatted(table, scores.count(), scores.mean(), scores.standardDeviation());
  }
}
