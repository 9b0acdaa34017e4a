package io.weir.trainer.grid;

import io.weir.trainer.config.Variant;
import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.bulk.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Every candidate on every fold, one training after the other, those left out whose scores the
/// folder already has. The same candidates, rows and seed give the same scores bit for bit, at any
/// number of threads and however often it was interrupted.
public final class Experiment {
  private final List<Candidate> candidates;
  private final int folds;
  private final FoldTraining training;
  private final ResultFolder results;

  /// @param test rows that no fold learns from, with the features of `rows`; null without
  /// @param storage decides whether rows are preprocessed and shuffled as a whole or in blocks
  /// @param wanted only the first of the folds, from 1 to their number
  /// @param seed of the first fold's training
  public Experiment(
      List<Candidate> candidates,
      Dataset rows,
      Dataset test,
      Storage storage,
      Folds folds,
      int wanted,
      long seed,
      int threads,
      ResultFolder results) {
    this.candidates = List.copyOf(candidates);
    this.folds = wanted;
    this.training = new FoldTraining(new FoldRows(rows, test, folds, storage), seed, threads);
    this.results = results;
  }

  /// How many trainings there are in all.
  public int trainings() {
    return Math.multiplyExact(candidates.size(), folds);
  }

  /// How many of them the folder has.
  public int done() {
    return candidates.stream().mapToInt(candidate -> scores(candidate.variant()).size()).sum();
  }

  /// Does what is left to do.
  ///
  /// @return false if the listener stopped it before its end
  /// @throws io.weir.trainer.fit.FitException if a recipe and the rows do not go together
  public boolean run(ExperimentListener listener) throws IOException {
    for (Candidate candidate : candidates) {
      for (int fold = 1; fold <= folds; fold++) {
        if (results.find(candidate.variant(), fold).isEmpty()
            && !train(candidate, fold, listener)) {
          results.summarise(summaries());
          return false;
        }
      }
    }
    results.summarise(summaries());
    return true;
  }

  private boolean train(Candidate candidate, int fold, ExperimentListener listener)
      throws IOException {
    if (listener.stopRequested()) {
      return false;
    }
    listener.trainingStarted(candidate.variant(), fold);
    Optional<FoldTraining.Trained> trained = training.run(candidate, fold, listener);
    if (trained.isEmpty()) {
      return false;
    }
    FoldScore score = trained.get().score();
    results.add(candidate.variant(), score, trained.get().history());
    listener.trainingDone(candidate.variant(), score);
    return true;
  }

  /// What is known so far of every candidate with a training that is done.
  public List<Summary> summaries() {
    List<Summary> summaries = new ArrayList<>();
    for (Candidate candidate : candidates) {
      List<FoldScore> scores = scores(candidate.variant());
      if (!scores.isEmpty()) {
        summaries.add(Summary.of(candidate.variant(), scores));
      }
    }
    return summaries;
  }

  private List<FoldScore> scores(Variant variant) {
    return IntStream.rangeClosed(1, folds)
        .mapToObj(fold -> results.find(variant, fold))
        .flatMap(Optional::stream)
        .toList();
  }
}
