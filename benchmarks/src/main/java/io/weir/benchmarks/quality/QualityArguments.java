package io.weir.benchmarks.quality;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `[SEEDS] [CSV] [FLAGS OF TRAIN...]`.
///
/// @param seeds splits, 3 by default
/// @param csv the file for all runs
/// @param flags of `train`, for another setting than its defaults
record QualityArguments(int seeds, Path csv, List<String> flags) {
  private static final String NUMBER = "[1-9]\\d{0,3}";
  private static final int SEEDS = 3;

  /// @param csv the file where none is given
  static QualityArguments parse(String[] args, String csv) {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    boolean counted = !rest.isEmpty() && rest.getFirst().matches(NUMBER);
    int seeds = counted ? Integer.parseInt(rest.removeFirst()) : SEEDS;
    boolean named = !rest.isEmpty() && !rest.getFirst().startsWith("-");
    return new QualityArguments(seeds, Path.of(named ? rest.removeFirst() : csv), rest);
  }
}
