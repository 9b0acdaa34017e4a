package io.weir.benchmarks.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Events of an id, a sequence number, and numbers around a plane of three dimensions; with sixteen
/// numbers about 110 bytes. Every hundredth lies far off the plane. The same seed and index give
/// the same event.
final class BenchmarkEvents {
  static final int ANOMALY_EVERY = 100;

  private final long seed;
  private final float[] values;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
  private BinaryEncoder encoder;

  /// @param size numbers of an event
  BenchmarkEvents(long seed, int size) {
    this.seed = seed;
    this.values = new float[size];
  }

  /// Numbers of an event.
  int size() {
    return values.length;
  }

  /// The writer schema.
  Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record("Event")
            .namespace("io.weir.benchmarks")
            .fields()
            .requiredString("id")
            .requiredLong("sequence");
    for (int i = 0; i < values.length; i++) {
      fields = i % 2 == 0 ? fields.requiredFloat("f" + i) : fields.requiredDouble("f" + i);
    }
    return fields.endRecord();
  }

  /// Whether an event lies far off the plane.
  static boolean anomalous(long index) {
    return index % ANOMALY_EVERY == ANOMALY_EVERY - 1;
  }

  /// The features of an event, [size]; overwritten by the next call.
  float[] features(long index) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double c = random.nextGaussian();
    boolean anomalous = anomalous(index);
    for (int i = 0; i < values.length; i++) {
      double plane = a * Math.cos(i) + b * Math.sin(2.0 * i) + c * Math.cos(3.0 * i + 1);
      double noise = random.nextGaussian() * (anomalous ? 3 : 0.1);
      values[i] = (float) (plane + noise);
    }
    return values;
  }

  /// An event in the Confluent wire format.
  byte[] encode(long index, int schemaId) throws IOException {
    features(index);
    bytes.reset();
    bytes.write(0);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    encoder.writeString(Long.toString(index));
    encoder.writeLong(index);
    for (int i = 0; i < values.length; i++) {
      if (i % 2 == 0) {
        encoder.writeFloat(values[i]);
      } else {
        encoder.writeDouble(values[i]);
      }
    }
    encoder.flush();
    return bytes.toByteArray();
  }
}
