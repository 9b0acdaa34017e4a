package io.weir.streams.replay.pass;

import io.weir.streams.replay.LabelSource;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.ReplayResults;
import io.weir.streams.replay.WarmUp;
import io.weir.streams.replay.tally.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.kafka.common.IsolationLevel;

/// Sums the partitions up, in their order: alerts of all in one file, and the result.
final class Summing {
  static final String ALERTS = "alerts.jsonl";

  private final Pass pass;
  private final ReplayOptions options;
  private final Models models;
  private final Tally sum;
  private final List<ReplayResult.Partition> partitions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Summing(Pass pass, ReplayOptions options, Models models) {
    this.pass = pass;
    this.options = options;
    this.models = models;
    this.sum = new Tally(pass.thresholds());
  }

  /// Writes alerts and result; every partition must have reached its end.
  ReplayResult write(ReplayFolder folder, IsolationLevel isolation)
      throws IOException, ReplayFailedException {
    AtomicFiles.write(
        folder.out().resolve(ALERTS),
        out -> {
          for (PartitionRange range : pass.plan().partitions()) {
            Files.copy(new Checkpoints(pass.state(), range).alerts(), out);
          }
        });
    for (PartitionRange range : pass.plan().partitions()) {
      add(range);
    }
    noteLabels();
    ReplayResult result =
        sum.result(
            pass.plan().id(),
            (events, first, last) ->
                new ReplayResult.Range(
                    options.from().toString(),
                    options.to().toString(),
                    pass.plan().warmUp(),
                    isolation.toString().toLowerCase(Locale.ROOT),
                    events,
                    first,
                    last,
                    partitions),
            models.facts(),
            options.labels().map(LabelSource::toString).orElse(null),
            List.copyOf(notes));
    byte[] json = ReplayResults.toJson(result).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(folder.out().resolve(ReplayResults.FILE), out -> out.write(json));
    pass.plan().completed().write(pass.state());
    folder.tidy();
    return result;
  }

  private void add(PartitionRange range) throws IOException, ReplayFailedException {
    Checkpoints checkpoints = new Checkpoints(pass.state(), range);
    OptionalLong latest = checkpoints.latest();
    PartitionState state = pass.state(checkpoints, range, latest.orElseThrow());
    partitions.add(
        state.tally.partition(range.topicPartition(), range.history(), range.first(), range.end()));
    note(range, state.tally);
    sum.add(state.tally);
  }

  private void note(PartitionRange range, Tally tally) {
    if (tally.deletedOffsets() > 0) {
      notes.add(
          "%s: %,d offsets of the range were deleted (retention) before they were read"
              .formatted(range.topicPartition(), tally.deletedOffsets()));
    }
    boolean whole = pass.plan().warmUp().equals(new WarmUp.Whole().toString());
    if (models.remember() && range.length() > 0) {
      if (tally.deletedHistory() > 0) {
        notes.add(
            "%s: %,d offsets of the warm-up were deleted (retention) before they were read: what windows and incidents held then may differ from what it was live"
                .formatted(range.topicPartition(), tally.deletedHistory()));
      } else if (whole && range.history() > 0) {
        notes.add(
            "%s: the oldest record that is kept has offset %d: what windows and incidents held then may differ from what it was live"
                .formatted(range.topicPartition(), range.history()));
      }
    }
  }

  private void noteLabels() {
    if (options.labels().isPresent()
        && options.labels().get() instanceof LabelSource.Field(String name)
        && sum.events() > 0
        && sum.known() == 0) {
      notes.add(
          "No event has a value in the field %s: there are no labels. Check --label-field"
              .formatted(name));
    }
  }

  /// The alerts of a finished replay.
  static Path alerts(ReplayFolder folder) {
    return folder.out().resolve(ALERTS);
  }
}
