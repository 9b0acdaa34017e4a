package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import io.weir.trainer.fit.EpochLoss;
import io.weir.trainer.fit.EpochLossCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an experiment keeps what it found: `settings.json`, `runs.csv`, `summary.csv`, and in
/// `history/` the losses per epoch of every training.
public final class ResultFolder implements AutoCloseable {
  private final Path folder;
  private final ScoreFile scores;

  private ResultFolder(Path folder, ScoreFile scores) {
    this.folder = folder;
    this.scores = scores;
  }

  /// Opens or creates the folder, for this process alone.
  ///
  /// @param settings all that decides the numbers, the grid excepted
  /// @throws io.weir.trainer.config.ConfigException if the folder belongs to other settings
  /// @throws ExperimentException if it is in use or damaged
  public static ResultFolder open(Path folder, Map<String, String> settings) throws IOException {
    Files.createDirectories(folder.resolve("history"));
    ScoreFile scores = ScoreFile.open(folder.resolve("runs.csv"));
    try {
      if (scores.isEmpty()) {
        SettingsFile.write(folder.resolve("settings.json"), settings);
      } else {
        SettingsFile.require(folder.resolve("settings.json"), settings);
      }
      return new ResultFolder(folder, scores);
    } catch (IOException | RuntimeException e) {
      scores.close();
      throw e;
    }
  }

  /// What is known of a training.
  ///
  /// @param fold from 1
  public Optional<FoldScore> find(Variant variant, int fold) {
    return scores.find(variant, fold);
  }

  /// The line in `runs.csv` comes last: what it names is complete.
  void add(Variant variant, FoldScore score, List<EpochLoss> history) throws IOException {
    if (!history.isEmpty()) {
      StringBuilder csv = new StringBuilder();
      EpochLossCsv.write(history, csv);
      WholeFile.write(history(variant, score.fold()), csv.toString());
    }
    scores.add(variant, score);
  }

  private Path history(Variant variant, int fold) {
    String name = variant.toString().replaceAll("[, ]+", "-");
    return folder.resolve("history").resolve("%s-fold-%d.csv".formatted(name, fold));
  }

  void summarise(List<Summary> summaries) throws IOException {
    WholeFile.write(folder.resolve("summary.csv"), SummaryCsv.of(summaries));
  }

  @Override
  public void close() throws IOException {
    scores.close();
  }
}
