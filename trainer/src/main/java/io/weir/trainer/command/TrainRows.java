package io.weir.trainer.command;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.Window;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.WindowedRows;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.TimeRange;
import io.weir.trainer.fit.HoldOut;
import io.weir.trainer.fit.Split;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of a training: read, made windows of, divided.
///
/// @param rows events, or windows of them
/// @param events how many events were read
/// @param windowed where a row is several events
/// @param window likewise
/// @param split which rows are held out; empty where they are drawn
/// @param filter which of the source's rows are meant; empty for all
record TrainRows(
    Dataset rows,
    int events,
    Optional<WindowedRows> windowed,
    Optional<Window> window,
    Optional<Split> split,
    Optional<String> filter) {
  private static final String CURE = "Take fewer --steps, a longer --max-gap, or --warm-up padded.";

  /// Reads them; how they are divided is not known yet.
  ///
  /// @param bar whether progress is a bar
  static TrainRows read(
      Subject subject,
      SourceOptions source,
      FeatureOptions features,
      WindowOptions windows,
      boolean bar,
      PrintWriter messages) {
    boolean supervised = subject.supervised();
    String time = subject.window().map(Window::time).orElse(features.time);
    List<TimeRange> excluded = windows.excluded(time);
    Dataset all =
        source.read(
            messages,
            bar,
            (from, progress) -> subject.rows(from, features, excluded, source.storage(), progress));
    Dataset events = source.select(all, supervised, SourceOptions.Part.TRAIN);
    if (events.rows() == 0) {
      throw new DataException(
          "No row is left to train on: %,d were read, and --split %s takes none of them"
              .formatted(all.rows(), source.split));
    }
    Optional<WindowedRows> windowed =
        subject
            .window()
            .map(w -> EventWindows.of(events, w, windows.stride(), source.storage(), CURE));
    Optional<String> filter =
        source.filter(features.labelFilter(supervised), supervised, SourceOptions.Part.TRAIN);
    return new TrainRows(
        windowed.map(WindowedRows::rows).orElse(events),
        events.rows(),
        windowed,
        subject.window(),
        Optional.empty(),
        excluded.isEmpty() ? filter : Optional.of(without(filter, time, excluded)));
  }

  private static String without(Optional<String> filter, String time, List<TimeRange> excluded) {
    String ranges = excluded.stream().map(TimeRange::toString).collect(Collectors.joining(", "));
    return filter.map(other -> other + "; ").orElse("") + "%s not in %s".formatted(time, ranges);
  }

  /// The same rows, divided: windows always by [HoldOut#LAST].
  ///
  /// @param holdOut null for the usual way
  TrainRows heldOut(HoldOut holdOut, double fraction) {
    Optional<Split> divided =
        windowed.map(all -> Split.lastOfEachKey(all.windows(), all.keyOf(), fraction));
    if (divided.isEmpty() && holdOut == HoldOut.LAST) {
      divided = Optional.of(Split.last(rows.rows(), fraction));
    }
    return new TrainRows(rows, events, windowed, window, divided, filter);
  }

  /// The sources with the whole filter, not only that of the query.
  List<DataSource> sources() {
    return rows.sources().stream().map(source -> source.withFilter(filter.orElse(null))).toList();
  }

  /// Says what became of the rows.
  void tell(PrintWriter messages, long seed, double fraction) {
    windowed.ifPresent(
        all ->
            EventWindows.tell(messages, all, window.orElseThrow(), "are no window's last event"));
    Split parts = split.orElseGet(() -> Split.draw(rows.rows(), fraction, seed));
    messages.printf(
        "Training on %,d of them, %,d are held out for validation%n",
        parts.training().length, parts.validation().length);
    int dropped = rows.rows() - parts.training().length - parts.validation().length;
    if (dropped > 0) {
      messages.printf("%,d share events with those that are held out, and are left out%n", dropped);
    }
  }
}
