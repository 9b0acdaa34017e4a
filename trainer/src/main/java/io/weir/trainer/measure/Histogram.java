package io.weir.trainer.measure;

import io.weir.trainer.data.prepare.EmpiricalQuantile;
import java.util.Locale;

/// Counts in equally wide bins from the minimum to the 0.99 quantile; what lies above is counted
/// apart, or a few extreme scores would press all others into the first bin.
///
/// @param from lower edge of the first bin
/// @param to upper edge of the last bin, which it belongs to
/// @param counts per bin
/// @param above scores above `to`
/// @param maximum the largest score
public record Histogram(double from, double to, long[] counts, long above, double maximum) {
  private static final double UP_TO = 0.99;

  static Histogram of(float[] sorted, int bins) {
    double from = sorted[0];
    double to = EmpiricalQuantile.of(sorted, UP_TO);
    long[] counts = new long[bins];
    long above = 0;
    for (float score : sorted) {
      if (score > to) {
        above++;
      } else {
        int bin = to > from ? (int) ((score - from) / (to - from) * bins) : 0;
        counts[Math.min(bin, bins - 1)]++;
      }
    }
    return new Histogram(from, to, counts, above, sorted[sorted.length - 1]);
  }

  /// One line per bin: its lower edge, a bar, its count. Every line ends in a newline.
  ///
  /// @param width characters of the longest bar
  public String print(int width) {
    long most = Math.max(1, above);
    for (long count : counts) {
      most = Math.max(most, count);
    }
    StringBuilder text = new StringBuilder();
    for (int bin = 0; bin < counts.length; bin++) {
      text.append(line(from + bin * (to - from) / counts.length, counts[bin], most, width));
    }
    if (above > 0) {
      text.append(line(to, above, most, width).stripTrailing())
          .append(String.format(Locale.ROOT, "  up to %.4g\n", maximum));
    }
    return text.toString();
  }

  private static String line(double edge, long count, long most, int width) {
    int bar = (int) Math.ceil((double) count * width / most);
    String bars = "#".repeat(bar) + " ".repeat(width - bar);
    return String.format(Locale.ROOT, "%10.4g  %s  %d\n", edge, bars, count);
  }
}
