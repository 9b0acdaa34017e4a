package io.weir.trainer.onnx;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.GoldenVector;
import io.weir.schemas.card.ModelCard.Scoring;
import io.weir.schemas.card.ModelCard.Training;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.Activation.HardSigmoid;
import io.weir.trainer.engine.layer.Activation.LeakyRelu;
import io.weir.trainer.engine.layer.Activation.Linear;
import io.weir.trainer.engine.layer.Activation.Relu;
import io.weir.trainer.engine.layer.Activation.Sigmoid;
import io.weir.trainer.engine.layer.Activation.Softmax;
import io.weir.trainer.engine.layer.Activation.Tanh;
import io.weir.trainer.engine.layer.Initializer;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.Affine;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.NetworkSpec;
import io.weir.trainer.engine.network.NetworkSpec.Autoencoder;
import io.weir.trainer.engine.network.NetworkSpec.Classified;
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.NetworkSpec.Vae;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.publish.CardWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Detectors and rows drawn at random: every kind of feature, layer and loss comes up.
public final class RandomDetectors {
  private static final List<Activation> HIDDEN =
      List.of(
          new Linear(),
          new Relu(),
          new LeakyRelu(0.3f),
          new Tanh(),
          new Sigmoid(),
          new HardSigmoid(),
          new Softmax());

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

  /// A detector whose rows are windows of 2 to 6 events.
  public static TrainedDetector drawWindowed(long seed) {
    Random random = new Random(seed);
    List<FeatureSpec> features = new ArrayList<>();
    int count = 1 + random.nextInt(7);
    int kinds = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      features.add(feature("f" + i, random.nextInt(kinds), random));
    }
    Window window = new Window(2 + random.nextInt(5), null, random.nextBoolean(), "key", null);
    return draw(features, Optional.of(window), random);
  }

  /// A detector with a random network for these features.
  public static TrainedDetector draw(List<FeatureSpec> features, Random random) {
    return draw(features, Optional.empty(), random);
  }

  private static TrainedDetector draw(
      List<FeatureSpec> features, Optional<Window> window, Random random) {
    Preprocessor preprocessor =
        new Preprocessor(features, features.stream().map(f -> preprocessing(f, random)).toList());
    Reconstruction reconstruction =
        Reconstruction.values()[random.nextInt(Reconstruction.values().length)];
    boolean gaussian = reconstruction == Reconstruction.GAUSSIAN;
    Activation last =
        switch (reconstruction) {
          case BCE -> new Sigmoid();
          // Softmax is for probabilities: as outputs all would be tiny, and ties between words.
          case MSE, L1, GAUSSIAN -> HIDDEN.get(random.nextInt(HIDDEN.size() - 1));
        };
    int inputs = window.map(Window::steps).orElse(1) * preprocessor.inputs();
    NetworkSpec network = network(inputs, last, gaussian, random);
    Reduction[] reductions = Reduction.values();
    Objective objective =
        new Objective(
            reconstruction,
            reductions[random.nextInt(2)],
            1,
            random.nextDouble(),
            reductions[random.nextInt(2)],
            false,
            random.nextBoolean() ? Prior.STANDARD : new Prior(List.of(0.5), List.of(2.0)),
            1,
            network.classifier().map(_ -> new Objective.Classification(1, false)));
    double klWeight =
        network.variational().isEmpty() || random.nextInt(4) == 0 ? 0 : random.nextDouble();
    return new TrainedDetector(
        preprocessor, network, parameters(network, random), objective, klWeight, window);
  }

  /// [rows x features], of windows [rows x steps x features]: mostly ordinary values, some missing,
  /// some far out, some unknown words.
  public static float[] rows(TrainedDetector detector, int rows, long seed) {
    return rows(detector, rows, 1e4, seed);
  }

  /// The same shape: ordinary values, some missing, some unknown words.
  public static float[] ordinaryRows(TrainedDetector detector, int rows, long seed) {
    return rows(detector, rows, 1, seed);
  }

  private static float[] rows(TrainedDetector detector, int rows, double far, long seed) {
    Random random = new Random(seed);
    List<FeatureSpec> features = detector.preprocessor().features();
    float[] values = new float[rows * detector.rowValues()];
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
        CardWriter.architecture(network, "custom"),
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
        golden,
        detector.window().orElse(null));
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

  private static NetworkSpec network(int inputs, Activation last, boolean gaussian, Random random) {
    int latent = 1 + random.nextInt(5);
    int[] hidden = random.ints(random.nextInt(3), 1, 40).toArray();
    List<LayerSpec> decoder = new ArrayList<>();
    int width = latent;
    for (int i = hidden.length - 1; i >= 0; i--) {
      add(decoder, width, hidden[i], random);
      width = hidden[i];
    }
    int steps = steps(inputs, random);
    Affine output = output(decoder, width, inputs, steps, last, random);
    decoder.add(output);
    List<LayerSpec> encoder = new ArrayList<>();
    width = inputs;
    if (steps > 0) {
      int units = 1 + random.nextInt(20);
      boolean second = random.nextBoolean();
      encoder.add(new Lstm(steps, inputs / steps, units, second));
      if (second) {
        encoder.add(new Lstm(steps, units, units + 3, false));
      }
      width = encoder.getLast().outputs();
    }
    for (int next : hidden) {
      add(encoder, width, next, random);
      width = next;
    }
    NetworkSpec network;
    if (gaussian || random.nextBoolean()) {
      Dense head = dense(width, latent, new Linear());
      Optional<Affine> variance = gaussian ? Optional.of(linear(output)) : Optional.empty();
      Vae vae = new Vae(encoder, head, head, decoder, variance);
      network = random.nextInt(3) == 0 ? new Classified(vae, classifier(vae, random)) : vae;
    } else {
      encoder.add(dense(width, latent, HIDDEN.get(random.nextInt(HIDDEN.size()))));
      network = new Autoencoder(encoder, decoder);
    }
    return network;
  }

  /// Steps that a row is taken for, 0 for none: some divisor of its inputs.
  private static int steps(int inputs, Random random) {
    if (random.nextInt(3) > 0) {
      return 0;
    }
    int[] divisors = IntStream.rangeClosed(1, 12).filter(n -> inputs % n == 0).toArray();
    return divisors[random.nextInt(divisors.length)];
  }

  /// The last layer; where there are steps, an LSTM sometimes comes before it.
  private static Affine output(
      List<LayerSpec> decoder, int width, int inputs, int steps, Activation last, Random random) {
    if (steps == 0 || random.nextBoolean()) {
      return dense(width, inputs, last);
    }
    int units = 1 + random.nextInt(20);
    decoder.add(new Repeat(steps, width));
    decoder.add(new Lstm(steps, width, units, true));
    return new StepDense(steps, units, inputs / steps, last, Initializer.GLOROT_UNIFORM);
  }

  private static Affine linear(Affine layer) {
    return switch (layer) {
      case Dense dense -> dense(dense.inputs(), dense.outputs(), new Linear());
      case StepDense dense ->
          new StepDense(
              dense.steps(),
              dense.inputsPerStep(),
              dense.outputsPerStep(),
              new Linear(),
              Initializer.GLOROT_UNIFORM);
    };
  }

  /// A hidden layer, sometimes with dropout and batch normalisation behind it.
  private static void add(List<LayerSpec> layers, int inputs, int outputs, Random random) {
    Activation activation = HIDDEN.get(random.nextInt(HIDDEN.size()));
    if (random.nextInt(4) > 0) {
      layers.add(dense(inputs, outputs, activation));
    } else {
      layers.add(dense(inputs, outputs, new Linear()));
      layers.add(new Dropout(outputs, 0.2f));
      layers.add(BatchNorm.keras(outputs, activation));
    }
  }

  private static Classifier classifier(Vae vae, Random random) {
    Classifier.Input input =
        Classifier.Input.values()[random.nextInt(Classifier.Input.values().length)];
    List<LayerSpec> layers = new ArrayList<>();
    add(layers, input.columns(vae), 10, random);
    layers.add(dense(10, 1, random.nextBoolean() ? new Sigmoid() : new HardSigmoid()));
    return new Classifier(input, layers, random.nextBoolean());
  }

  private static Dense dense(int inputs, int outputs, Activation activation) {
    return new Dense(inputs, outputs, activation, Initializer.GLOROT_UNIFORM);
  }

  private static List<LayerParameters> parameters(NetworkSpec network, Random random) {
    return network.layers().map(layer -> parameters(layer, random)).toList();
  }

  private static LayerParameters parameters(LayerSpec layer, Random random) {
    return switch (layer) {
      case Dense dense -> {
        double width = Math.sqrt(6.0 / (dense.inputs() + dense.outputs()));
        yield new OfDense(
            dense.inputs(),
            dense.outputs(),
            uniform(dense.inputs() * dense.outputs(), width, random),
            uniform(dense.outputs(), 0.1, random));
      }
      case BatchNorm norm -> {
        float[] variance = uniform(norm.columns(), 0.5, random);
        for (int i = 0; i < variance.length; i++) {
          variance[i] += 1;
        }
        yield new OfBatchNorm(
            uniform(norm.columns(), 2, random),
            uniform(norm.columns(), 0.5, random),
            uniform(norm.columns(), 0.5, random),
            variance);
      }
      case Dropout _ -> new OfDropout();
      case StepDense dense -> {
        int in = dense.inputsPerStep();
        int out = dense.outputsPerStep();
        yield new OfStepDense(
            in,
            out,
            uniform(in * out, Math.sqrt(6.0 / (in + out)), random),
            uniform(out, 0.1, random));
      }
      case Lstm lstm -> {
        int in = lstm.inputsPerStep();
        int units = lstm.units();
        yield new OfLstm(
            in,
            units,
            uniform(in * 4 * units, Math.sqrt(6.0 / (in + units)), random),
            uniform(units * 4 * units, Math.sqrt(3.0 / units), random),
            uniform(4 * units, 0.5, random));
      }
      case Repeat _ -> new OfRepeat();
    };
  }

  private static float[] uniform(int length, double width, Random random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * width);
    }
    return values;
  }
}
