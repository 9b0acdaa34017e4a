package io.weir.trainer.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.engine.layer.Activation;
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
import io.weir.trainer.engine.network.NetworkSpec.Classifier;
import io.weir.trainer.engine.network.Prior;
import io.weir.trainer.engine.random.RandomStream;
import io.weir.trainer.engine.random.RandomStream.Purpose;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Objective.Classification;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import io.weir.trainer.fit.optimizer.Optimizer.Adam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One of the files that `src/test/python/golden_models.py` writes: what to train, and where ten
/// steps lead.
public record GoldenModel(String name, JsonNode file) {
  /// All files.
  public static Stream<GoldenModel> all() {
    try (Stream<Path> files =
        Files.list(Path.of(GoldenModel.class.getResource("golden").toURI()))) {
      return files.sorted().map(GoldenModel::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GoldenModel read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      return new GoldenModel(name, new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  public NetworkSpec network() {
    JsonNode network = file.get("network");
    List<LayerSpec> encoder = layers(network.get("encoder"));
    List<LayerSpec> decoder = layers(network.get("decoder"));
    if (!network.has("mean")) {
      return new NetworkSpec.Autoencoder(encoder, decoder);
    }
    NetworkSpec.Vae vae =
        new NetworkSpec.Vae(
            encoder,
            (Dense) layer(network.get("mean")),
            (Dense) layer(network.get("log_variance")),
            decoder,
            Optional.ofNullable(network.get("output_log_variance")).map(n -> (Affine) layer(n)));
    JsonNode head = network.get("classifier");
    return head == null
        ? vae
        : new NetworkSpec.Classified(
            vae,
            new Classifier(
                Classifier.Input.valueOf(head.get("input").asText()),
                layers(head.get("layers")),
                head.get("detach").asBoolean()));
  }

  private static List<LayerSpec> layers(JsonNode array) {
    List<LayerSpec> all = new ArrayList<>();
    array.forEach(node -> all.add(layer(node)));
    return all;
  }

  private static LayerSpec layer(JsonNode node) {
    int inputs = node.get("inputs").asInt();
    int outputs = node.get("outputs").asInt();
    return switch (node.get("type").asText()) {
      case "dense" -> new Dense(inputs, outputs, activation(node), Initializer.GLOROT_UNIFORM);
      case "batch_norm" -> BatchNorm.keras(outputs, activation(node));
      case "step_dense" ->
          new StepDense(
              node.get("steps").asInt(),
              inputs / node.get("steps").asInt(),
              outputs / node.get("steps").asInt(),
              activation(node),
              Initializer.GLOROT_UNIFORM);
      case "lstm" -> {
        int steps = node.get("steps").asInt();
        boolean sequence = node.get("sequence").asBoolean();
        yield new Lstm(steps, inputs / steps, outputs / (sequence ? steps : 1), sequence);
      }
      case "repeat" -> new Repeat(node.get("steps").asInt(), inputs);
      case "dropout" -> new Dropout(outputs, (float) node.get("rate").asDouble());
      default -> throw new IllegalArgumentException(node.toString());
    };
  }

  private static Activation activation(JsonNode node) {
    return switch (node.get("activation").asText()) {
      case "linear" -> new Activation.Linear();
      case "relu" -> new Activation.Relu();
      case "leaky_relu" -> new Activation.LeakyRelu(0.3f);
      case "tanh" -> new Activation.Tanh();
      case "sigmoid" -> new Activation.Sigmoid();
      case "hard_sigmoid" -> new Activation.HardSigmoid();
      case "softmax" -> new Activation.Softmax();
      default -> throw new IllegalArgumentException(node.toString());
    };
  }

  public Objective objective() {
    JsonNode o = file.get("objective");
    Optional<Classification> classification =
        o.get("classifier_weight").isNull()
            ? Optional.empty()
            : Optional.of(
                new Classification(
                    o.get("classifier_weight").asDouble(), o.get("two_streams").asBoolean()));
    return new Objective(
        Reconstruction.valueOf(o.get("reconstruction").asText()),
        Reduction.valueOf(o.get("reduction").asText()),
        o.get("reconstruction_weight").asDouble(),
        o.get("beta").asDouble(),
        Reduction.valueOf(o.get("kl_reduction").asText()),
        o.get("kl_weighted").asBoolean(),
        new Prior(doubles(o.get("prior_means")), doubles(o.get("prior_deviations"))),
        o.get("samples").asInt(),
        classification);
  }

  TrainingRows rows() {
    JsonNode labels = file.get("labels");
    JsonNode weights = file.get("weights");
    byte[] given = labels.isNull() ? null : new byte[labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      given[i] = (byte) labels.get(i).asInt();
    }
    return new TrainingRows(
        floats(file.get("inputs")),
        file.get("rows").asInt(),
        file.get("columns").asInt(),
        weights.isNull() ? null : floats(weights),
        given);
  }

  double learningRate() {
    return file.get("settings").get("learning_rate").asDouble();
  }

  public FitSettings settings(int threads) {
    JsonNode s = file.get("settings");
    return new FitSettings(
        new Adam(learningRate(), 0.9, 0.999, s.get("epsilon").asDouble()),
        s.get("batch").asInt(),
        s.get("epochs").asInt(),
        0,
        Optional.empty(),
        s.get("seed").asLong(),
        threads);
  }

  /// Loss of each step.
  List<Double> steps() {
    return doubles(file.get("steps"));
  }

  /// Total, reconstruction, KL divergence and cross-entropy of each epoch.
  List<List<Double>> epochs() {
    List<List<Double>> all = new ArrayList<>();
    file.get("epochs").forEach(epoch -> all.add(doubles(epoch)));
    return all;
  }

  /// Whether the loss does not depend on the bias of this layer, because a batch normalisation
  /// follows at once: its gradient is nothing but rounding.
  boolean biasIsFree(int layer) {
    return doubles(file.get("free_biases")).contains((double) layer);
  }

  /// What is known of a tensor at the end; null if there is none of the name.
  JsonNode end(int layer, String tensor) {
    return file.get("end").get(layer).get(tensor);
  }

  /// Weights drawn as the script draws them.
  List<LayerParameters> start() {
    List<JsonNode> nodes = nodes();
    List<LayerSpec> specs = network().layers().toList();
    List<LayerParameters> all = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      JsonNode widened = nodes.get(i).get("start");
      all.add(start(specs.get(i), 4 * i, widened == null ? 1 : widened.asDouble()));
    }
    return all;
  }

  private List<JsonNode> nodes() {
    JsonNode network = file.get("network");
    List<JsonNode> all = new ArrayList<>();
    network.get("encoder").forEach(all::add);
    Stream.of("mean", "log_variance").filter(network::has).map(network::get).forEach(all::add);
    network.get("decoder").forEach(all::add);
    Stream.of("output_log_variance").filter(network::has).map(network::get).forEach(all::add);
    network.path("classifier").path("layers").forEach(all::add);
    return all;
  }

  private LayerParameters start(LayerSpec layer, int stream, double widened) {
    return switch (layer) {
      case Dense dense -> {
        double limit = Math.sqrt(6.0 / (dense.inputs() + dense.outputs())) * widened;
        float[] kernel = uniform(stream, dense.inputs() * dense.outputs(), limit);
        float[] bias = uniform(stream + 1, dense.outputs(), 0.1);
        yield new OfDense(dense.inputs(), dense.outputs(), kernel, bias);
      }
      case BatchNorm norm -> {
        float[] gamma = uniform(stream, norm.columns(), 0.1);
        float[] variance = new float[norm.columns()];
        for (int i = 0; i < gamma.length; i++) {
          gamma[i] += 1;
          variance[i] = 1;
        }
        float[] beta = uniform(stream + 1, norm.columns(), 0.1);
        yield new OfBatchNorm(gamma, beta, new float[norm.columns()], variance);
      }
      case Dropout _ -> new OfDropout();
      case StepDense dense -> {
        int inputs = dense.inputsPerStep();
        int outputs = dense.outputsPerStep();
        double limit = Math.sqrt(6.0 / (inputs + outputs)) * widened;
        float[] kernel = uniform(stream, inputs * outputs, limit);
        yield new OfStepDense(inputs, outputs, kernel, uniform(stream + 1, outputs, 0.1));
      }
      case Lstm lstm -> {
        int inputs = lstm.inputsPerStep();
        int units = lstm.units();
        double limit = Math.sqrt(6.0 / (inputs + 4 * units)) * widened;
        double square = Math.sqrt(6.0 / (5 * units)) * widened;
        yield new OfLstm(
            inputs,
            units,
            uniform(stream, inputs * 4 * units, limit),
            uniform(stream + 1, units * 4 * units, square),
            uniform(stream + 2, 4 * units, 0.1));
      }
      case Repeat _ -> new OfRepeat();
    };
  }

  private float[] uniform(int stream, int count, double limit) {
    RandomStream random =
        new RandomStream(file.get("start_seed").asLong(), Purpose.WEIGHTS, stream);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
    return values;
  }

  static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }
}
