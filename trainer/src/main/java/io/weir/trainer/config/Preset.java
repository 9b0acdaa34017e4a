package io.weir.trainer.config;

import static io.weir.trainer.config.Family.CLASSIC;
import static io.weir.trainer.config.Family.DYNAMIC;
import static io.weir.trainer.config.Family.ML4ANOMALIES;
import static io.weir.trainer.config.Family.RECURRENT;
import static io.weir.trainer.config.Family.WEIR;

import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A named [Recipe]: what a network looks like and how it is trained wherever nothing else is asked
/// for. Each keeps the layers, activations, initializers, losses, optimizer, batch size and epochs
/// of its source; where the source has a bug, the preset's text says what it does instead.
public enum Preset {
  /// For data without a recipe: inputs-64-32-16-32-64-inputs on standardised features; the loss is
  /// the sum of squares + 0.3 KL divergence. One setting for all tables, chosen by the mean AUROC
  /// over twelve of them (`weir benchmark tabular`):
  /// - Tanh bounds the latent's log-variance: with unbounded activations the extreme values of
  ///   long-tailed features make the loss overflow.
  /// - The latent may be wider than the data: the KL divergence leaves unused what is not needed.
  /// - Batches of 32 rows and dropout in the encoder raised that mean, by little.
  DENSE(WEIR, "dense", "", "", WeirRecipes.dense(), "the general one, for any table"),

  /// For windows of events, `--steps` of them: inputs-LSTM 64-8-LSTM 64-inputs on standardised
  /// features. Loss and score are those of [#DENSE], the sum of squares + 0.3 KL divergence, over
  /// all that the window holds: twice the steps, twice the score.
  LSTM(
      WEIR,
      "lstm-vae",
      "",
      "",
      WeirRecipes.lstm(),
      "for windows of events (--steps); the score is a sum over the window's values"),

  /// Its best widths are those here; 30,20,10 with latent 5 and 150,100,50 with latent 7 were
  /// tried, too.
  EXTENDED(
      ML4ANOMALIES,
      "ml4anomalies-extended",
      "M1",
      "VAE_model_extended",
      Ml4AnomaliesRecipes.extended(),
      "the KL divergence is a mean over the latents, times 1e-6: nearly an autoencoder with noise"),

  /// With the widths of its students' course. `VAE_model2` is the same model renamed.
  WIDE(
      ML4ANOMALIES,
      "ml4anomalies",
      "M2",
      "VAE_model, VAE_model2",
      Ml4AnomaliesRecipes.wide("14", "7"),
      "the widths of its students' course"),

  /// He initialisation throughout, linear output.
  MODEL3(
      ML4ANOMALIES,
      "model3",
      "M3",
      "VAE_model3",
      Ml4AnomaliesRecipes.model3(),
      "He initialisation in every layer"),

  /// As M2 with its constructor's widths, but held-out rows are decoded from the mean, as every
  /// published detector does.
  WIDE_MEAN(
      ML4ANOMALIES,
      "ml4anomalies-mean",
      "M4",
      "VAE_new_model",
      Ml4AnomaliesRecipes.wideMean(),
      "as M2; validation decodes the mean of the latent"),

  /// As M3, with a sigmoid output, which cannot follow values beyond the training range: kept, as
  /// it is the source's.
  MODEL3_SIGMOID(
      ML4ANOMALIES,
      "model3-sigmoid",
      "M5",
      "VAE_model_losses",
      Ml4AnomaliesRecipes.model3Sigmoid(),
      "as M3 with sigmoid output; its three tracked losses are in every model's history"),

  /// As M2. The source uses the weights of its third decoder layer for the fourth as well, by
  /// mistake; here each layer has its own.
  WIDE_WEIGHTED(
      ML4ANOMALIES,
      "ml4anomalies-weighted",
      "M6",
      "test_VAE_class",
      Ml4AnomaliesRecipes.wideWeighted(),
      "as M2, for rows with --weight: it counts for the reconstruction, not for the KL divergence;"
          + " no layer used twice"),

  /// An autoencoder without a bottleneck: the latent is as wide as the data.
  NORMALISED_AUTOENCODER(
      ML4ANOMALIES,
      "normalised-autoencoder",
      "M7",
      "test_AE",
      Ml4AnomaliesRecipes.normalisedAutoencoder(),
      "latent as wide as the data"),

  /// The source sums the KL divergence over batch and latents: with the loss a mean over the rows
  /// that is beta = rows of a batch; whoever gives another `--batch` gives `--beta` the same
  /// number. The source computes it from the wrong tensors; here from mean and log-variance of the
  /// latent.
  NORMALISED(
      ML4ANOMALIES,
      "normalised",
      "M8",
      "test_VAE",
      Ml4AnomaliesRecipes.normalised(),
      "the KL divergence is summed over the batch: beta = rows of a batch; of mean and"
          + " log-variance, not of input and output"),

  /// As M8, with each row's loss weighted as a whole.
  NORMALISED_WEIGHTED(
      ML4ANOMALIES,
      "normalised-weighted",
      "M9",
      "test_VAE_weights",
      Ml4AnomaliesRecipes.normalisedWeighted(),
      "as M8, for rows with --weight: it counts for both losses; of mean and log-variance, not of"
          + " input and output"),

  /// VAE and classifier trained together, the classifier on the latent.
  CLASSIFIER_LATENT(
      ML4ANOMALIES,
      "vae-dnn-latent",
      "M10A, M10",
      "VAE_DNN_model",
      Ml4AnomaliesRecipes.classifier(Classifier.Input.LATENT),
      "the classifier is given the latent: sampled in training, its mean in scoring"),

  /// As M10A, the classifier on the reconstruction loss.
  CLASSIFIER_RECONSTRUCTION(
      ML4ANOMALIES,
      "vae-dnn-reconstruction",
      "M10B",
      "",
      Ml4AnomaliesRecipes.classifier(Classifier.Input.RECONSTRUCTION_LOSS),
      "as M10A, given the row's reconstruction loss"),

  /// As M10A, the classifier on both losses, stacked as columns (the source mixes shapes there).
  CLASSIFIER_LOSSES(
      ML4ANOMALIES,
      "vae-dnn-losses",
      "M10C",
      "",
      Ml4AnomaliesRecipes.classifier(Classifier.Input.LOSSES),
      "as M10A, given reconstruction loss and KL divergence, neither weighted, as two columns"),

  /// As M10A, the classifier on the network's inputs, which the source's text speaks of.
  CLASSIFIER_INPUTS(
      ML4ANOMALIES,
      "vae-dnn-inputs",
      "M10X",
      "",
      Ml4AnomaliesRecipes.classifier(Classifier.Input.INPUTS),
      "as M10A, given the inputs, as the source's text says (its code gives the latent)"),

  /// Two streams: the VAE learns from normal rows only, the classifier from rows of both kinds. The
  /// hidden layer of the classifier is a softmax, odd but real. Both streams are scaled; one of the
  /// source's two scripts forgets the first.
  TWO_STREAMS(
      ML4ANOMALIES,
      "vae-dnn-two-streams",
      "M11",
      "VAE_separate",
      Ml4AnomaliesRecipes.twoStreams(),
      "normal rows for the VAE, rows of both kinds for the classifier; best validation AUC"),

  /// Layers that narrow evenly from the inputs to the latent, `--depth` many.
  DYNAMIC_AUTOENCODER(
      DYNAMIC,
      "dynamic-autoencoder",
      "S1",
      "AE",
      StudyRecipes.autoencoder(),
      "--depth layers; its loss is a mean over the outputs, that of S2 a sum: not to be compared"),

  /// As S1, variational.
  DYNAMIC_VAE(
      DYNAMIC,
      "dynamic-vae",
      "S2",
      "VAE",
      StudyRecipes.vae(),
      "--depth layers; --loss mse with --output-activation sigmoid for its gaussian likelihood"),

  /// As S2, with the beta that its experiments vary; several `--samples` are averaged per row,
  /// which the source confuses.
  DYNAMIC_BETA_VAE(
      DYNAMIC,
      "dynamic-beta-vae",
      "S3",
      "beta-VAE",
      StudyRecipes.betaVae(),
      "as S2; published with --beta 0.02, 1, 1.5 and 10"),

  /// As S2, away from the standard normal prior.
  DYNAMIC_PRIOR(
      DYNAMIC,
      "dynamic-vae-prior",
      "S4",
      "VAE Prior",
      StudyRecipes.prior(),
      "as S2 with prior mean 1; --prior-mean and --prior-deviation for others"),

  /// Keras' classic example of a dense VAE on MNIST.
  MNIST_VAE(
      CLASSIC,
      "mnist-vae",
      "",
      "variational_autoencoder",
      StudyRecipes.mnist(),
      "cross-entropy summed over the outputs"),

  /// An LSTM reads an image of 28 x 28 from its first row to its last. The source's text holds out
  /// 0.3 of the rows, its notebook 0.2, in both the last ones.
  LSTM_IMAGES(
      RECURRENT,
      "lstm-vae-images",
      "L1",
      "",
      StudyRecipes.lstmImages(),
      "rows are 28 steps of 28 columns; --row-steps for others");

  /// The preset of those who ask for none.
  public static final String DEFAULT = "dense";

  private final Family family;
  private final String label;
  private final List<String> ids;
  private final String source;
  private final Recipe recipe;
  private final String note;

  Preset(Family family, String label, String ids, String source, Recipe recipe, String note) {
    this.family = family;
    this.label = label;
    this.ids = ids.isEmpty() ? List.of() : Arrays.asList(ids.split(", "));
    this.source = source;
    this.recipe = recipe;
    this.note = note;
  }

  /// Where it comes from.
  public Family family() {
    return family;
  }

  /// The name that commands and cards use.
  public String label() {
    return label;
  }

  /// Short names that are understood as well; the first is the usual one.
  public List<String> ids() {
    return ids;
  }

  /// What the model is called where it comes from; may be empty.
  public String source() {
    return source;
  }

  /// The settings, before anything is overridden.
  public Recipe recipe() {
    return recipe;
  }

  /// What is special about it, in a few words.
  public String note() {
    return note;
  }

  /// The names of all presets.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Preset::label).toList();
  }

  /// The preset of this name or short name; case does not count.
  ///
  /// @throws ConfigException naming the nearest preset when there is none
  public static Preset labelled(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    List<String> known = new ArrayList<>();
    for (Preset preset : values()) {
      if (wanted.equals(preset.label)
          || preset.ids.stream().anyMatch(id -> id.equalsIgnoreCase(wanted))) {
        return preset;
      }
      known.add(preset.label);
      known.addAll(preset.ids);
    }
    throw new ConfigException(
        "Preset \"%s\" is unknown%s Presets: %s"
            .formatted(name, Nearest.hint(name, known), String.join(", ", labels())));
  }
}
