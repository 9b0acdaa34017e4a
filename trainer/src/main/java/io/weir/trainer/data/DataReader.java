package io.weir.trainer.data;

import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.ask.DataRequest;
import java.util.List;

/// Reads rows, in one of two modes.
public final class DataReader {
  private DataReader() {}

  /// For training: the columns decide which features there are.
  ///
  /// @throws io.weir.trainer.data.ask.DataException for every mistake in the data or the request
  public static Dataset infer(DataRequest request) {
    throw new UnsupportedOperationException("in progress");
  }

  /// For evaluation: finds the columns of a model's features by name and ignores the others.
  /// Selection and treatments of the request are not used.
  ///
  /// @throws io.weir.trainer.data.ask.DataException for every mistake in the data or the request
  public static Dataset bind(DataRequest request, List<FeatureSpec> features) {
    throw new UnsupportedOperationException("in progress");
  }
}
