package io.weir.trainer.data.features;

import io.weir.schemas.features.FeatureSpec;
import java.util.List;

/// What a candidate column becomes.
///
/// @param features none where it is left out
/// @param outcome for the table of columns
/// @param note for the table of columns
/// @param problem why it cannot be the feature that was asked for by name, null if all is well
record Verdict(List<FeatureSpec> features, String outcome, String note, String problem) {
  static Verdict feature(FeatureSpec feature, String outcome, String note) {
    return new Verdict(List.of(feature), outcome, note, null);
  }

  static Verdict leftOut(String reason) {
    return new Verdict(List.of(), "left out", reason, null);
  }

  static Verdict impossible(String reason) {
    return new Verdict(List.of(), "left out", reason, reason);
  }
}
