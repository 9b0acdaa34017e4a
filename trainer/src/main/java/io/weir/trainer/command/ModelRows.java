package io.weir.trainer.command;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.data.DataReader;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.WindowedRows;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Timing;
import java.io.PrintWriter;
import java.util.List;

/// The rows of a source as a model takes them: events, or windows of them.
///
/// @param without rows of the source that no window ends at
record ModelRows(Dataset rows, int without) {
  private static final String CURE =
      "Give more rows of a key, or train a model with fewer --steps, a longer --max-gap, or"
          + " --warm-up padded.";

  /// Reads them.
  ///
  /// @param labels the columns of label and weight, where there are any
  /// @param unwindowed what becomes of rows without a window, for people
  static ModelRows read(
      Detector detector,
      SourceOptions source,
      ArrivalOptions arrivals,
      Roles labels,
      String unwindowed,
      PrintWriter messages) {
    ModelCard card = detector.card();
    Window window = arrivals.window(card.window(), detector.origin());
    DataRequest request = DataRequest.of(source.name()).withRoles(labels);
    if (window != null) {
      source.requireNoSplit(window.steps());
      request =
          request
              .withRoles(labels.withKeyAndTime(window.key(), window.time()))
              .withTiming(new Timing(true, List.of()));
    }
    DataRequest asked = request;
    Dataset all =
        source.read(
            messages,
            RunOptions.terminal(),
            (from, progress) ->
                DataReader.bind(
                    asked.withSource(from), card.features(), source.storage(), progress));
    if (window == null) {
      boolean supervised = card.architecture().classifies();
      return new ModelRows(source.select(all, supervised, SourceOptions.Part.TEST), 0);
    }
    WindowedRows windows = EventWindows.of(all, window, 1, source.storage(), CURE);
    EventWindows.tell(messages, windows, window, unwindowed);
    return new ModelRows(windows.rows(), windows.without());
  }
}
