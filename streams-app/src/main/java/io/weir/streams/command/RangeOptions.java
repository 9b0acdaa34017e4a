package io.weir.streams.command;

import io.weir.streams.replay.Bound;
import io.weir.streams.replay.WarmUp;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The range of a replay, and how far before it its history begins.
final class RangeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "earliest",
      description =
          "Begin with the first record of each partition that is not older: "
              + Bound.FORMS
              + ". Default: ${DEFAULT-VALUE}.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      defaultValue = "latest",
      description =
          "End before the first record that is not older; frozen when the replay begins. Default:"
              + " ${DEFAULT-VALUE}.")
  private String to;

  @Option(
      names = "--warm-up",
      paramLabel = "HISTORY",
      description =
          "How far before --from windows, incidents and cool-downs get their history: "
              + WarmUp.FORMS
              + ". Default: earliest where there are any, which is always exact; else none.")
  private String warmUp;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /// @param warmUp empty for what is exact and needs least
  record Range(Bound from, Bound to, Optional<WarmUp> warmUp) {}

  /// Reads and checks them.
  ///
  /// @throws picocli.CommandLine.ParameterException if nothing can be in the range
  Range range() {
    Bound first = Usage.parsed(command, "--from", from, Bound::parse);
    Bound end = Usage.parsed(command, "--to", to, Bound::parse);
    if (first instanceof Bound.Latest || end instanceof Bound.Earliest) {
      throw Usage.error(
          command, "--from %s --to %s: there is nothing between them".formatted(from, to));
    }
    if (first instanceof Bound.At(var begin)
        && end instanceof Bound.At(var until)
        && !begin.isBefore(until)) {
      throw Usage.error(command, "--from %s is not before --to %s".formatted(from, to));
    }
    return new Range(
        first,
        end,
        Optional.ofNullable(warmUp)
            .map(text -> Usage.parsed(command, "--warm-up", text, WarmUp::parse)));
  }
}
