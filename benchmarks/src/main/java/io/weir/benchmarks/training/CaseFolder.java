package io.weir.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.layer.Activation;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.engine.layer.LayerSpec;
import io.weir.trainer.engine.layer.LayerSpec.BatchNorm;
import io.weir.trainer.engine.layer.LayerSpec.Dense;
import io.weir.trainer.engine.layer.LayerSpec.Dropout;
import io.weir.trainer.engine.layer.LayerSpec.Lstm;
import io.weir.trainer.engine.layer.LayerSpec.Repeat;
import io.weir.trainer.engine.layer.LayerSpec.StepDense;
import io.weir.trainer.engine.network.Network;
import io.weir.trainer.fit.TrainingRows;
import io.weir.trainer.fit.loss.Reduction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A [TrainingCase] as files that every peer reads; `peer.py` says what they hold.
final class CaseFolder {
  /// Steps whose losses are compared.
  static final int GATE_STEPS = 10;

  private CaseFolder() {}

  static void write(TrainingCase c, Path folder) throws IOException {
    Files.createDirectories(folder);
    new ObjectMapper().writeValue(folder.resolve("case.json").toFile(), description(c));
    TrainingRows data = c.data();
    writeFloats(folder.resolve("rows.f32"), data.inputs());
    writeFloats(folder.resolve("weights.f32"), weights(c));
    writeFloats(
        folder.resolve("noise.f32"),
        GateNoise.of(TrainingCase.SEED, GATE_STEPS, c.batch(), c.spec().latent()));
  }

  private static Map<String, Object> description(TrainingCase c) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("batch", c.batch());
    json.put("rows", c.rows());
    json.put("columns", c.spec().inputs());
    json.put("latent", c.spec().latent());
    json.put("gate_steps", GATE_STEPS);
    json.put("learning_rate", c.learningRate());
    json.put("epsilon", TrainingCase.EPSILON);
    json.put("reconstruction", c.objective().reconstruction().name().toLowerCase(Locale.ROOT));
    boolean mean = c.objective().klReduction() == Reduction.MEAN;
    json.put("kl_factor", mean ? c.objective().beta() / c.spec().latent() : c.objective().beta());
    json.put("encoder", layers(c.spec().encoder()));
    json.put("heads", layers(List.of(c.spec().mean(), c.spec().logVariance())));
    json.put("decoder", layers(c.spec().decoder()));
    return json;
  }

  private static List<Map<String, Object>> layers(List<? extends LayerSpec> layers) {
    return layers.stream().map(CaseFolder::layer).toList();
  }

  private static Map<String, Object> layer(LayerSpec spec) {
    return switch (spec) {
      case Dense dense -> dense(dense);
      case Lstm lstm ->
          Map.of("steps", lstm.steps(), "inputs", lstm.inputsPerStep(), "outputs", lstm.units());
      case StepDense _, Repeat _, BatchNorm _, Dropout _ -> throw noPeer(spec);
    };
  }

  private static IllegalArgumentException noPeer(Object layer) {
    return new IllegalArgumentException("The peers have no layer such as " + layer);
  }

  private static Map<String, Object> dense(Dense layer) {
    float alpha = layer.activation() instanceof Activation.LeakyRelu(float slope) ? slope : 0;
    String name =
        layer.activation().getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    return Map.of(
        "inputs", layer.inputs(),
        "outputs", layer.outputs(),
        "activation", name.toLowerCase(Locale.ROOT),
        "alpha", alpha);
  }

  /// What training starts from, in the order of the layers.
  private static float[] weights(TrainingCase c) {
    Network network = new Network(c.spec(), KernelChoice.chosen());
    network.initialize(TrainingCase.SEED);
    float[] all = new float[Math.toIntExact(c.spec().parameters())];
    int at = 0;
    for (LayerParameters parameters : network.parameters()) {
      for (float[] tensor : tensors(parameters)) {
        System.arraycopy(tensor, 0, all, at, tensor.length);
        at += tensor.length;
      }
    }
    return all;
  }

  private static List<float[]> tensors(LayerParameters parameters) {
    return switch (parameters) {
      case OfDense dense -> List.of(dense.kernel(), dense.bias());
      case OfLstm lstm -> List.of(lstm.kernel(), lstm.recurrent(), lstm.bias());
      case OfStepDense _, OfRepeat _, OfBatchNorm _, OfDropout _ -> throw noPeer(parameters);
    };
  }

  private static void writeFloats(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
