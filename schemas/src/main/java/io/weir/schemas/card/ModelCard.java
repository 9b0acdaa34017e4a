package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.weir.schemas.features.FeatureSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// What a published model promises: everything needed to feed it, to judge its scores and to know
/// where it came from. Kept as JSON under [#METADATA_KEY] inside the ONNX file.
///
/// Unknown fields are ignored, so an older reader opens a newer card; a reader refuses a
/// [#cardVersion()] whose major rules it does not know. The file is long because the JSON is one
/// document: each part is a record nested here, mostly its fields' meanings.
///
/// @param cardVersion [#VERSION] of the writer
/// @param name the model's name, such as `payments`
/// @param version the model's version, unique for the name
/// @param created ISO-8601 instant in UTC
/// @param weirVersion version and commit of the Weir that published it
/// @param features the slots of the `features` tensor, in order
/// @param preprocessing one entry per feature, in the same order
/// @param architecture the network
/// @param training the settings it was trained with
/// @param history what the training reached, null if unknown
/// @param data the rows it was trained on
/// @param scoring how `score` is put together
/// @param scores the distribution of `score` over the validation rows, null if unknown
/// @param thresholds named by policy; the first is the default
/// @param golden rows whose outputs any runtime must reproduce
/// @param window what makes a row of several events; null where a row is one event
/// @param segments the distributions of `score` by the value of a field; null where all events
///   share one
/// @param eventsPerDay how many events came a day in the time that the rows are of; null if unknown
/// @param background what stands for usual events when single scores are explained; null without
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelCard(
    int cardVersion,
    String name,
    String version,
    String created,
    String weirVersion,
    List<FeatureSpec> features,
    List<FeaturePreprocessing> preprocessing,
    Architecture architecture,
    Training training,
    History history,
    List<DataSource> data,
    Scoring scoring,
    ScoreDistribution scores,
    List<Threshold> thresholds,
    List<GoldenVector> golden,
    Window window,
    ScoreSegments segments,
    Double eventsPerDay,
    Background background) {

  /// The card version that this code writes, and the newest it reads.
  public static final int VERSION = 1;

  /// The key of the card in the ONNX file's `metadata_props`.
  public static final String METADATA_KEY = "weir.card";

  public ModelCard {
    features = copy("features", features);
    preprocessing = copy("preprocessing", preprocessing);
    data = copy("data", data);
    thresholds = copy("thresholds", thresholds);
    golden = copy("golden", golden);
  }

  /// Without segments, rate and background.
  public ModelCard(
      int cardVersion,
      String name,
      String version,
      String created,
      String weirVersion,
      List<FeatureSpec> features,
      List<FeaturePreprocessing> preprocessing,
      Architecture architecture,
      Training training,
      History history,
      List<DataSource> data,
      Scoring scoring,
      ScoreDistribution scores,
      List<Threshold> thresholds,
      List<GoldenVector> golden,
      Window window) {
    this(
        cardVersion,
        name,
        version,
        created,
        weirVersion,
        features,
        preprocessing,
        architecture,
        training,
        history,
        data,
        scoring,
        scores,
        thresholds,
        golden,
        window,
        null,
        null,
        null);
  }

  /// Of a model whose rows are single events.
  public ModelCard(
      int cardVersion,
      String name,
      String version,
      String created,
      String weirVersion,
      List<FeatureSpec> features,
      List<FeaturePreprocessing> preprocessing,
      Architecture architecture,
      Training training,
      History history,
      List<DataSource> data,
      Scoring scoring,
      ScoreDistribution scores,
      List<Threshold> thresholds,
      List<GoldenVector> golden) {
    this(
        cardVersion,
        name,
        version,
        created,
        weirVersion,
        features,
        preprocessing,
        architecture,
        training,
        history,
        data,
        scoring,
        scores,
        thresholds,
        golden,
        null);
  }

  /// The same card with another background, null for none.
  public ModelCard withBackground(Background changed) {
    return new ModelCard(
        cardVersion,
        name,
        version,
        created,
        weirVersion,
        features,
        preprocessing,
        architecture,
        training,
        history,
        data,
        scoring,
        scores,
        thresholds,
        golden,
        window,
        segments,
        eventsPerDay,
        changed);
  }

  /// Events that make up one row: 1 without a [#window()].
  public int steps() {
    return window == null ? 1 : window.steps();
  }

  /// Values of one row, as the `features` tensor has them: [#steps()] times the features.
  public int rowValues() {
    return Math.multiplyExact(steps(), features.size());
  }

  /// A row of several events: the last `steps` events of a key in the order of their arrival, the
  /// newest last. The score of a row belongs to its last event.
  ///
  /// @param steps events of a row, at least 2
  /// @param maxGapMillis after a longer pause between two events of a key its window starts anew;
  ///   null where no pause is too long
  /// @param padded whether the first events of a window are scored before it is full: missing
  ///   values then stand where there is no event yet; otherwise only full windows are scored
  /// @param key the column that told the entities apart in training, null if all rows were one's
  /// @param time the column of the event time in training, null without
  /// @param maxGap what `maxGapMillis` is where the time column held numbers: in their unit, which
  ///   only the source knows; null where there is none
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Window(
      int steps, Long maxGapMillis, boolean padded, String key, String time, Double maxGap) {
    /// Without times, or with timestamps.
    public Window(int steps, Long maxGapMillis, boolean padded, String key, String time) {
      this(steps, maxGapMillis, padded, key, time, null);
    }
  }

  /// The network, for people and for whoever builds it again.
  ///
  /// @param kind `vae`, `autoencoder` or `vae_classifier`
  /// @param preset the preset it came from, or `custom`
  /// @param inputs width of the network's input after encoding
  /// @param latent width of the latent
  /// @param parameters number of trainable parameters
  /// @param layers in the order of the data: encoder, heads, decoder, classifier; empty if unknown
  /// @param classifier of a `vae_classifier`, else null
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Architecture(
      String kind,
      String preset,
      int inputs,
      int latent,
      long parameters,
      List<Layer> layers,
      Classifier classifier) {
    public Architecture {
      layers = copy("layers", layers);
    }

    /// Without a classifier.
    public Architecture(
        String kind, String preset, int inputs, int latent, long parameters, List<Layer> layers) {
      this(kind, preset, inputs, latent, parameters, layers, null);
    }

    /// Whether the score is the probability that a classifier gives.
    public boolean classifies() {
      return "vae_classifier".equals(kind);
    }

    /// Whether a layer goes through its row step by step. ONNX Runtime computes a recurrent layer
    /// in another way, with other last bits, when the batch is a single row.
    public boolean recurrent() {
      return layers.stream().anyMatch(layer -> "lstm".equals(layer.kind()));
    }
  }

  /// The classifier on top of a VAE.
  ///
  /// @param input what it is given: `latent`, `reconstruction_loss`, `losses` or `inputs`
  /// @param detach whether its loss left the VAE alone
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Classifier(String input, boolean detach) {}

  /// One layer.
  ///
  /// @param name unique within the network, such as `encoder_1`, `latent_mean`
  /// @param kind `dense`, `batch_norm`, `dropout`, `lstm`, `repeat` or `step_dense`
  /// @param activation such as `leaky_relu(0.3)`
  /// @param parameters all of them, the moving averages of `batch_norm` included
  /// @param rate of `dropout`, else null
  /// @param momentum of the moving averages of `batch_norm`, else null
  /// @param epsilon of `batch_norm`, else null
  /// @param steps of `lstm`, `repeat` and `step_dense`: a row is a sequence of so many steps; else
  ///   null
  /// @param sequence of `lstm`: whether it gives its state after every step and not only after the
  ///   last; else null
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Layer(
      String name,
      String kind,
      int inputs,
      int outputs,
      String activation,
      long parameters,
      Float rate,
      Float momentum,
      Float epsilon,
      Integer steps,
      Boolean sequence) {
    /// One that takes no step.
    public Layer(
        String name,
        String kind,
        int inputs,
        int outputs,
        String activation,
        long parameters,
        Float rate,
        Float momentum,
        Float epsilon) {
      this(
          name, kind, inputs, outputs, activation, parameters, rate, momentum, epsilon, null, null);
    }

    /// A dense one.
    public Layer(
        String name, String kind, int inputs, int outputs, String activation, long parameters) {
      this(name, kind, inputs, outputs, activation, parameters, null, null, null);
    }
  }

  /// The settings of the training run.
  ///
  /// @param reconstructionLoss `mse`, `bce`, `l1` or `gaussian`
  /// @param reconstructionReduction `mean` or `sum` over the network's outputs
  /// @param beta weight of the KL divergence in the loss
  /// @param klReduction `mean` or `sum` over the latents
  /// @param validation fraction of the rows held back
  /// @param epsilon of the optimizer; null if unknown
  /// @param criterion what made an epoch the best: `loss`, `auc` or `last`
  /// @param patience epochs without a better one after which training gave up; null for never
  /// @param decodesMean whether held-out rows were decoded from the latent mean
  /// @param terms what else the loss was made of
  /// @param from the model whose training went on; null for one that started from random weights
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Training(
      String reconstructionLoss,
      String reconstructionReduction,
      double beta,
      String klReduction,
      String optimizer,
      double learningRate,
      int batch,
      int epochs,
      double validation,
      long seed,
      Double epsilon,
      String criterion,
      Integer patience,
      Boolean decodesMean,
      LossTerms terms,
      Parent from) {
    public Training {
      criterion = criterion == null ? "loss" : criterion;
      decodesMean = decodesMean != null && decodesMean;
      terms = terms == null ? LossTerms.PLAIN : terms;
    }

    /// As cards of the first Weir say it: the lowest loss of all epochs, no further terms.
    public Training(
        String reconstructionLoss,
        String reconstructionReduction,
        double beta,
        String klReduction,
        String optimizer,
        double learningRate,
        int batch,
        int epochs,
        double validation,
        long seed) {
      this(
          reconstructionLoss,
          reconstructionReduction,
          beta,
          klReduction,
          optimizer,
          learningRate,
          batch,
          epochs,
          validation,
          seed,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /// A model that another one was continued from.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Parent(String name, String version, String sha256) {}

  /// Terms of the loss `reconstructionWeight x reconstruction + beta x KL + classifierWeight x
  /// crossEntropy`.
  ///
  /// @param klWeighted whether the weight of a row counted for its KL divergence, too
  /// @param priorMeans what the KL divergence is measured from: one number, or one per latent
  /// @param priorDeviations its standard deviations, likewise
  /// @param samples draws of the latent per row
  /// @param classifierWeight null without a classifier
  /// @param twoStreams whether the VAE learned from normal rows only and the classifier from both
  ///   kinds
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record LossTerms(
      double reconstructionWeight,
      boolean klWeighted,
      List<Double> priorMeans,
      List<Double> priorDeviations,
      int samples,
      Double classifierWeight,
      boolean twoStreams) {
    /// Reconstruction and beta x KL divergence from the standard normal distribution.
    public static final LossTerms PLAIN =
        new LossTerms(1, false, List.of(0.0), List.of(1.0), 1, null, false);

    public LossTerms {
      priorMeans = copy("priorMeans", priorMeans);
      priorDeviations = copy("priorDeviations", priorDeviations);
    }
  }

  /// What the training reached.
  ///
  /// @param epochsRun how many epochs were run
  /// @param bestEpoch the epoch (from 1) whose weights were kept
  /// @param loss total training loss at the best epoch
  /// @param reconstructionLoss its reconstruction part
  /// @param klDivergence its KL part, unweighted
  /// @param validationLoss total loss of the validation rows, null without validation
  /// @param seconds wall time
  /// @param auc area under the ROC curve of a classifier, of the validation rows if there are any;
  ///   null without a classifier
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record History(
      int epochsRun,
      int bestEpoch,
      double loss,
      double reconstructionLoss,
      double klDivergence,
      Double validationLoss,
      double seconds,
      Double auc) {
    /// Without a classifier.
    public History(
        int epochsRun,
        int bestEpoch,
        double loss,
        double reconstructionLoss,
        double klDivergence,
        Double validationLoss,
        double seconds) {
      this(
          epochsRun,
          bestEpoch,
          loss,
          reconstructionLoss,
          klDivergence,
          validationLoss,
          seconds,
          null);
    }
  }

  /// A source of training rows.
  ///
  /// @param kind `csv`, `parquet`, `json`, `sql`, `avro`, `topic`, ...
  /// @param location path, query or topic
  /// @param rows rows used for training, validation included
  /// @param sha256 of the file, null where there is none
  /// @param filter the row filter, null without one
  /// @param topic what was read of a topic; null for every other kind
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record DataSource(
      String kind, String location, long rows, String sha256, String filter, TopicPart topic) {
    /// Of any kind but `topic`.
    public DataSource(String kind, String location, long rows, String sha256, String filter) {
      this(kind, location, rows, sha256, filter, null);
    }

    public DataSource withRows(long changed) {
      return new DataSource(kind, location, changed, sha256, filter, topic);
    }

    public DataSource withFilter(String changed) {
      return new DataSource(kind, location, rows, sha256, changed, topic);
    }
  }

  /// The part of a topic that was read, before any filter.
  ///
  /// @param offsets one per partition that was read, ascending
  /// @param readerSchema where the schema that the records were resolved to comes from
  /// @param schemaIds the registry's ids of the schemas that the records were written with,
  ///   ascending
  /// @param leftOut records that gave no row, by reason
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TopicPart(
      List<OffsetRange> offsets,
      String readerSchema,
      List<Integer> schemaIds,
      List<LeftOut> leftOut) {
    public TopicPart {
      offsets = copy("offsets", offsets);
      schemaIds = copy("schemaIds", schemaIds);
      leftOut = copy("leftOut", leftOut);
    }
  }

  /// Offsets of a partition.
  ///
  /// @param first at least 0
  /// @param end exclusive, at least `first`
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record OffsetRange(int partition, long first, long end) {}

  /// Records that gave no row.
  ///
  /// @param reason such as `TOMBSTONE`
  /// @param records how many, at least 1
  /// @param partition of the first one: the lowest partition that has any
  /// @param offset of the first one
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record LeftOut(String reason, long records, int partition, long offset) {}

  /// How `score` is put together: `reconstruction_loss + klWeight x kl_divergence`, or the
  /// probability that a classifier gives.
  ///
  /// @param klWeight the loss' beta divided by its reconstruction weight: the score ranks rows as
  ///   the loss does
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Scoring(double klWeight, String latent) {}

  /// The empirical distribution of the score.
  ///
  /// @param count number of rows behind it
  /// @param quantiles ascending in probability, dense in the upper tail; the first is the minimum
  ///   (p = 0), the last the maximum (p = 1)
  /// @param tail the distribution fitted to the highest scores; null if none was
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ScoreDistribution(
      long count, double mean, double standardDeviation, List<Quantile> quantiles, ScoreTail tail) {
    public ScoreDistribution {
      quantiles = copy("quantiles", quantiles);
    }

    /// Without a tail.
    public ScoreDistribution(
        long count, double mean, double standardDeviation, List<Quantile> quantiles) {
      this(count, mean, standardDeviation, quantiles, null);
    }

    /// How rare a score is: one in so many rows scores at least this much, as [Calibration] says.
    ///
    /// @return 1 to [#count()], or with a usable tail [Calibration#REACH] times that
    public double rarity(double score) {
      return Calibration.of(this).rarity(score);
    }
  }

  /// The score below which a fraction `p` of the rows lies.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Quantile(double p, double score) {}

  /// A threshold and the policy that chose it, such as `quantile:0.999`.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Threshold(String policy, double value) {}

  /// One row and its outputs. Of a [Window], `features`, `expected` and `contribution` hold the
  /// values of its events one after another, the newest last.
  ///
  /// @param features raw values, null where missing
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record GoldenVector(
      List<Float> features,
      float score,
      float reconstructionLoss,
      float klDivergence,
      List<Float> expected,
      List<Float> contribution,
      List<Float> latent) {
    public GoldenVector {
      if (features == null) {
        throw new IllegalArgumentException("features: missing");
      }
      features = Collections.unmodifiableList(new ArrayList<>(features));
      expected = copy("expected", expected);
      contribution = copy("contribution", contribution);
      latent = copy("latent", latent);
    }
  }

  private static <T> List<T> copy(String name, List<T> list) {
    if (list == null) {
      throw new IllegalArgumentException(name + ": missing");
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(name + ": holds a null");
    }
    return List.copyOf(list);
  }
}
