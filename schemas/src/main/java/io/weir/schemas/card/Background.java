package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A few rows that stand for all training rows, each for as many as its weight says: what an
/// explanation by Shapley values compares an event with.
///
/// @param method how they were chosen, such as `weighted k-means`
@JsonIgnoreProperties(ignoreUnknown = true)
public record Background(String method, List<Row> rows) {
  public Background {
    rows = List.copyOf(rows);
  }

  /// One of them.
  ///
  /// @param features raw values as in the `features` tensor, of a window its events one after
  ///   another; null where missing
  /// @param weight above 0; the weights of all rows sum to 1
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Row(List<Float> features, double weight) {
    public Row {
      features = Collections.unmodifiableList(new ArrayList<>(features));
    }
  }
}
