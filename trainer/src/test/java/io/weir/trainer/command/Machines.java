package io.weir.trainer.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/// A CSV file of three machines that turn evenly: `x` and `y` are sine and cosine of an angle that
/// goes on from minute to minute. In an anomaly a machine stands still. No single event shows it,
/// and no other event follows an ordinary one. The machines report in turn.
final class Machines {
  static final int COUNT = 3;
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private Machines() {}

  /// @param minutes rows of each machine
  /// @param stops whether machines stand still for 10 of every 60 minutes
  static Path write(Path file, int minutes, boolean stops) {
    Random random = new Random(minutes);
    double[] angle = {0, 2, 4};
    StringBuilder csv = new StringBuilder("machine,at,minute,x,y,stopped\n");
    for (int minute = 0; minute < minutes; minute++) {
      for (int machine = 0; machine < COUNT; machine++) {
        boolean stopped = stops && minute % 60 >= 50;
        angle[machine] += stopped ? 0 : 0.7;
        csv.append(
            String.format(
                Locale.ROOT,
                "m%d,%s,%d,%.5f,%.5f,%d\n",
                machine,
                START.plusSeconds(60L * minute),
                minute,
                Math.sin(angle[machine]) + 0.02 * random.nextGaussian(),
                Math.cos(angle[machine]) + 0.02 * random.nextGaussian(),
                stopped ? 1 : 0));
      }
    }
    try {
      return Files.writeString(file, csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
