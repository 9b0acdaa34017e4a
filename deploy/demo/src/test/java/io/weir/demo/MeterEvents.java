package io.weir.demo;

import io.weir.demo.source.StreamEvent;
import io.weir.demo.source.Truth;
import java.time.Instant;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// Readings of meters, one after another at random: slow waves with noise, now and then a missing
/// value, a pause of ten minutes, or a reading that arrives late. Each meter has a clock of its
/// own, and they drift apart by hours.
final class MeterEvents {
  static final String HEADER = "device,time,power,voltage,mode\n";

  private static final Schema SCHEMA =
      SchemaBuilder.record("Reading")
          .namespace("io.weir.demo")
          .fields()
          .optionalDouble("power")
          .requiredDouble("voltage")
          .requiredString("mode")
          .endRecord();
  private static final int DEVICES = 50;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  private final Random random;
  private final long[] clocks = new long[DEVICES];

  MeterEvents(long seed) {
    random = new Random(seed);
  }

  /// One reading; a time of the same digits in file and record.
  record Meter(int device, long millis, Double power, double voltage, String mode) {
    /// A line of a CSV file.
    String csv() {
      return "meter-%02d,%s,%s,%s,%s\n"
          .formatted(
              device, Instant.ofEpochMilli(millis), power == null ? "" : power, voltage, mode);
    }

    StreamEvent event(long number) {
      GenericRecord value = new GenericData.Record(SCHEMA);
      value.put("power", power);
      value.put("voltage", voltage);
      value.put("mode", mode);
      return new StreamEvent(
          number, "meter-%02d".formatted(device), millis, value, new Truth.Unknown(), "");
    }
  }

  Meter next() {
    int device = random.nextInt(DEVICES);
    boolean pause = random.nextInt(100) == 0;
    boolean late = random.nextInt(100) == 0;
    clocks[device] += pause ? 600_000 : 1_000 + random.nextInt(2_000);
    long millis = START + clocks[device] - (late ? 30_000 : 0);
    double wave = Math.sin(clocks[device] / 20_000.0 + device);
    Double power = random.nextInt(50) == 0 ? null : 100 + 40 * wave + 5 * random.nextGaussian();
    double voltage = 230 - 3 * wave + random.nextGaussian();
    return new Meter(device, millis, power, voltage, wave > 0 ? "day" : "night");
  }
}
