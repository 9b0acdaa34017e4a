package io.weir.trainer.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A CSV file of card payments. Normal ones follow two hidden causes (how wealthy, how far from
/// home), so that amount, items, distance and night hang together; in the anomalies they do not.
final class Payments {
  static final int NORMAL = 800;
  static final int ANOMALIES = 80;
  private static final List<String> SHOPS = List.of("grocery", "fuel", "travel");

  private Payments() {}

  static Path write(Path file) {
    Random random = new Random(11);
    StringBuilder csv = new StringBuilder("id,amount,items,distance,night,shop,currency,fraud\n");
    for (int row = 0; row < NORMAL + ANOMALIES; row++) {
      boolean fraud = row % 11 == 10;
      double wealth = random.nextGaussian();
      double far = random.nextGaussian();
      double amount = Math.exp(3 + 0.7 * wealth + 0.05 * random.nextGaussian());
      double items = 20 + 5 * wealth + 0.4 * random.nextGaussian();
      double distance = 50 + 12 * far + random.nextGaussian();
      boolean night = far > 1;
      String shop = SHOPS.get(far > 0.7 ? 2 : wealth > 0 ? 0 : 1);
      if (fraud) {
        amount = Math.exp(3 + 0.7 * random.nextGaussian());
        items = 20 + 5 * random.nextGaussian();
        distance = 50 + 24 * random.nextGaussian();
        night = !night;
      }
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.4f,%.4f,%.4f,%b,%s,EUR,%d\n",
              row,
              amount,
              items,
              distance,
              night,
              shop,
              fraud ? 1 : 0));
    }
    try {
      return Files.writeString(file, csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
