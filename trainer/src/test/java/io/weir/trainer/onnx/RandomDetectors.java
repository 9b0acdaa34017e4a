package io.weir.trainer.onnx;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Architecture;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// Detectors and rows drawn at random: every kind of feature, layer and loss comes up.
public final class RandomDetectors {
  private static final List<Activation> HIDDEN =
      List.of(new Linear(), new Relu(), new LeakyRelu(0.3f), new Tanh(), new Sigmoid());

  private RandomDetectors() {}

  /// A detector of some 1 to 24 features.
  public static TrainedDetector draw(long seed) {
    Random random = new Random(seed);
    List<FeatureSpec> features = new ArrayList<>();
    int count = 1 + random.nextInt(24);
    int kinds = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      features.add(feature("f" + i, random.nextInt(kinds), random));
    }
    return draw(features, random);
  }

  /// A detector with a random network for these features.
  public static TrainedDetector draw(List<FeatureSpec> features, Random random) {
    Preprocessor preprocessor =
        new Preprocessor(features, features.stream().map(f -> preprocessing(f, random)).toList());
    Reconstruction reconstruction = Reconstruction.values()[random.nextInt(3)];
    Reduction[] reductions = Reduction.values();
    Objective objective =
        new Objective(
            reconstruction,
            reductions[random.nextInt(2)],
            random.nextDouble(),
            reductions[random.nextInt(2)]);
    Activation last =
        reconstruction == Reconstruction.BCE
            ? new Sigmoid()
            : HIDDEN.get(random.nextInt(HIDDEN.size()));
    NetworkSpec network = network(preprocessor.inputs(), last, random);
    double klWeight =
        network.variational().isEmpty() || random.nextInt(4) == 0 ? 0 : random.nextDouble();
    return new TrainedDetector(
        preprocessor, network, parameters(network, random), objective, klWeight);
  }

  /// [rows x features]: mostly ordinary values, some missing, some far out, some unknown words.
  public static float[] rows(TrainedDetector detector, int rows, long seed) {
    return rows(detector, rows, 1e4, seed);
  }

  /// [rows x features]: ordinary values, some missing, some unknown words.
  public static float[] ordinaryRows(TrainedDetector detector, int rows, long seed) {
    return rows(detector, rows, 1, seed);
  }

  private static float[] rows(TrainedDetector detector, int rows, double far, long seed) {
    Random random = new Random(seed);
    List<FeatureSpec> features = detector.preprocessor().features();
    float[] values = new float[rows * features.size()];
    for (int i = 0; i < values.length; i++) {
      int kind = random.nextInt(20);
      values[i] =
          switch (features.get(i % features.size())) {
            case Numeric _ ->
                kind == 0 ? Float.NaN : (float) (random.nextGaussian() * (kind == 1 ? far : 1));
            case Flag _ -> kind == 0 ? Float.NaN : random.nextInt(2);
            case Category category ->
                kind == 0
                    ? Float.NaN
                    : kind == 1
                        ? 1.5f - 4 * random.nextInt(3)
                        : random.nextInt(category.unknownIndex() + 1);
            case CyclicTime time ->
                kind == 0 ? Float.NaN : random.nextFloat() * time.cycle().seconds();
          };
    }
    return values;
  }

  /// A card for the detector, without golden vectors.
  public static ModelCard card(TrainedDetector detector) {
    return card(detector, List.of());
  }

  /// A card with these golden vectors.
  public static ModelCard card(TrainedDetector detector, List<GoldenVector> golden) {
    NetworkSpec network = detector.network();
    Objective objective = detector.objective();
    return new ModelCard(
        ModelCard.VERSION,
        "random",
        "1",
        "2026-01-01T00:00:00Z",
        "test",
        detector.preprocessor().features(),
        detector.preprocessor().preprocessing(),
        new Architecture(
            network instanceof Vae ? "vae" : "autoencoder",
            "custom",
            network.inputs(),
            network.latent(),
            network.parameters(),
            List.of()),
        new Training(
            objective.reconstruction().name().toLowerCase(Locale.ROOT),
            objective.reconstructionReduction().name().toLowerCase(Locale.ROOT),
            objective.beta(),
            objective.klReduction().name().toLowerCase(Locale.ROOT),
            "none",
            0,
            1,
            1,
            0,
            1),
        null,
        List.of(),
        new Scoring(detector.klWeight(), "mean"),
        null,
        List.of(),
        golden);
  }

  private static FeatureSpec feature(String name, int kind, Random random) {
    return switch (kind) {
      case 0 -> new Numeric(name, name, true);
      case 1 ->
          new Category(
              name,
              name,
              true,
              IntStream.range(0, 1 + random.nextInt(6)).mapToObj(word -> "w" + word).toList());
      case 2 -> new CyclicTime(name, name, true, Cycle.values()[random.nextInt(3)]);
      default -> new Flag(name, name, true);
    };
  }

  private static FeaturePreprocessing preprocessing(FeatureSpec feature, Random random) {
    return switch (feature) {
      case Numeric _ -> {
        Transform transform = Transform.values()[random.nextInt(3)];
        float floor =
            switch (transform) {
              case NONE -> 0;
              case LOG10 -> 0.01f;
              case LOG1P -> -0.9f;
            };
        yield new FeaturePreprocessing(
            feature.name(),
            5 * random.nextFloat(),
            transform,
            floor,
            Scaling.STANDARD,
            (float) random.nextGaussian(),
            0.1f + random.nextFloat());
      }
      case Flag _ -> plain(feature, random.nextInt(2));
      case Category category -> plain(feature, category.unknownIndex());
      case CyclicTime time -> plain(feature, random.nextFloat() * time.cycle().seconds());
    };
  }

  private static FeaturePreprocessing plain(FeatureSpec feature, float fill) {
    return new FeaturePreprocessing(feature.name(), fill, Transform.NONE, 0, Scaling.NONE, 0, 1);
  }

  private static NetworkSpec network(int inputs, Activation last, Random random) {
    int latent = 1 + random.nextInt(5);
    int[] hidden = random.ints(random.nextInt(3), 1, 40).toArray();
    List<LayerSpec> decoder = new ArrayList<>();
    int width = latent;
    for (int i = hidden.length - 1; i >= 0; i--) {
      decoder.add(dense(width, hidden[i], HIDDEN.get(random.nextInt(HIDDEN.size()))));
      width = hidden[i];
    }
    decoder.add(dense(width, inputs, last));
    List<LayerSpec> encoder = new ArrayList<>();
    width = inputs;
    for (int next : hidden) {
      encoder.add(dense(width, next, HIDDEN.get(random.nextInt(HIDDEN.size()))));
      width = next;
    }
    NetworkSpec network;
    if (random.nextBoolean()) {
      Dense head = dense(width, latent, new Linear());
      network = new Vae(encoder, head, head, decoder);
    } else {
      encoder.add(dense(width, latent, HIDDEN.get(random.nextInt(HIDDEN.size()))));
      network = new Autoencoder(encoder, decoder);
    }
    return network;
  }

  private static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  private static List<LayerParameters> parameters(NetworkSpec network, Random random) {
    return network
        .layers()
        .<LayerParameters>map(
            layer -> {
              double width = Math.sqrt(6.0 / (layer.inputs() + layer.outputs()));
              return new OfDense(
                  layer.inputs(),
                  layer.outputs(),
                  uniform(layer.inputs() * layer.outputs(), width, random),
                  uniform(layer.outputs(), 0.1, random));
            })
        .toList();
  }

  private static float[] uniform(int length, double width, Random random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * width);
    }
    return values;
  }
}
