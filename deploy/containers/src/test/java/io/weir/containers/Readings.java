package io.weir.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// Readings of machines, and the small model of windows of them that the trainer makes in seconds:
/// windows, so that the image's RocksDB works, too.
final class Readings {
  /// How many machines there are; each is a key.
  static final int MACHINES = 20;

  private static final Schema SCHEMA =
      SchemaBuilder.record("Reading")
          .namespace("plant")
          .fields()
          .requiredDouble("temperature")
          .requiredDouble("pressure")
          .endRecord();
  private static final int HISTORY = 2_000;

  private Readings() {}

  /// Trains on ordinary readings.
  ///
  /// @return the model file
  static Path train(Path directory) throws IOException {
    Path history = directory.resolve("history.csv");
    try (Writer to = Files.newBufferedWriter(history)) {
      to.write("machine,temperature,pressure\n");
      for (int i = 0; i < HISTORY; i++) {
        GenericRecord reading = ordinary(i);
        to.write(
            "%s,%s,%s%n"
                .formatted(machine(i), reading.get("temperature"), reading.get("pressure")));
      }
    }
    Path model = directory.resolve("model.onnx");
    PrintWriter messages = new PrintWriter(System.err, true);
    int exit =
        io.weir.trainer.Main.run(
            messages,
            messages,
            "train",
            "--data",
            history.toString(),
            "--preset",
            "lstm-vae",
            "--lstm",
            "8",
            "--latent",
            "2",
            "--steps",
            "3",
            "--warm-up",
            "padded",
            "--key",
            "machine",
            "--epochs",
            "2",
            "--no-progress",
            "--out",
            model.toString());
    assertThat(exit).isZero();
    return model;
  }

  /// The machine of event `number`.
  static String machine(int number) {
    return "machine-" + number % MACHINES;
  }

  /// The same for the same number.
  static GenericRecord ordinary(int number) {
    Random random = new Random(number);
    double load = random.nextDouble();
    return reading(
        40 + 20 * load + random.nextGaussian(), 2 + 3 * load + random.nextGaussian() / 10);
  }

  /// Hot without pressure.
  static GenericRecord anomalous() {
    return reading(400, 0.1);
  }

  private static GenericRecord reading(double temperature, double pressure) {
    GenericRecord reading = new GenericData.Record(SCHEMA);
    reading.put("temperature", temperature);
    reading.put("pressure", pressure);
    return reading;
  }
}
