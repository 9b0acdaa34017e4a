package io.weir.streams.replay.tally;

import io.weir.schemas.event.FeatureContribution;
import io.weir.streams.replay.ReplayResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which features the alerts name. Contributions are summed in billionths, as whole numbers: sums
/// of floats would depend on their order.
final class FeatureShares {
  private static final double UNIT = 1e9;
  private static final int SUM = 0;
  private static final int ALERTS = 1;
  private static final int FIRST = 2;

  private final Map<String, long[]> features = new TreeMap<>();

  void alert(List<FeatureContribution> named) {
    for (int i = 0; i < named.size(); i++) {
      long[] counts = of(named.get(i).getName());
      counts[SUM] += Math.round(named.get(i).getContribution() * UNIT);
      counts[ALERTS]++;
      if (i == 0) {
        counts[FIRST]++;
      }
    }
  }

  private long[] of(String name) {
    return features.computeIfAbsent(name, _ -> new long[FIRST + 1]);
  }

  void add(FeatureShares other) {
    other.features.forEach((name, counts) -> Longs.add(of(name), counts));
  }

  List<ReplayResult.FeatureShare> most() {
    double whole = features.values().stream().mapToLong(counts -> counts[SUM]).sum();
    List<ReplayResult.FeatureShare> shares = new ArrayList<>();
    features.forEach(
        (name, counts) ->
            shares.add(
                new ReplayResult.FeatureShare(
                    name, whole == 0 ? 0 : counts[SUM] / whole, counts[ALERTS], counts[FIRST])));
    return shares.stream()
        .sorted(Comparator.comparingDouble(ReplayResult.FeatureShare::share).reversed())
        .limit(ReplayResult.Model.FEATURES_MAX)
        .toList();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(features.size());
    for (Map.Entry<String, long[]> feature : features.entrySet()) {
      out.writeUTF(feature.getKey());
      Longs.write(out, feature.getValue());
    }
  }

  void read(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Longs.read(in, of(in.readUTF()));
    }
  }
}
