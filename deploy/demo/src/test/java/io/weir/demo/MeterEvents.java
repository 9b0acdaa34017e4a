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
/// value, a pause of ten minutes, or a reading that arrives late.
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

  private static final long BETWEEN_MILLIS = 40;
  private static final long PAUSE_MILLIS = 600_000;
  private static final long LATE_MILLIS = 30_000;

  private final Random random;
  private final long[] silentUntil = new long[DEVICES];
  private long clock = START;

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
    clock += BETWEEN_MILLIS;
    while (clock < silentUntil[device]) {
      device = random.nextInt(DEVICES);
      clock += BETWEEN_MILLIS;
    }
    if (random.nextInt(200) == 0) {
      silentUntil[device] = clock + PAUSE_MILLIS;
    }
    long millis = random.nextInt(100) == 0 ? clock - LATE_MILLIS : clock;
    double wave = Math.sin(clock / 20_000.0 + device);
    Double power = random.nextInt(50) == 0 ? null : 100 + 40 * wave + 5 * random.nextGaussian();
    double voltage = 230 - 3 * wave + random.nextGaussian();
    return new Meter(device, millis, power, voltage, wave > 0 ? "day" : "night");
  }
}
