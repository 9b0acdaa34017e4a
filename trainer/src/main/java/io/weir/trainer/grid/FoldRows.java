package io.weir.trainer.grid;

import io.weir.trainer.data.Dataset;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.fit.InputRows;
import io.weir.trainer.fit.Split;
import io.weir.trainer.fit.TrainingRows;

/// The rows as the networks of one fold see them. The preprocessing is fitted to the rows that the
/// fold learns from, so that the held-out ones are as new to it as to the network.
final class FoldRows {
  private final Dataset rows;
  private final Dataset test;
  private final Folds folds;
  private final Storage storage;

  /// Statistics of the folds met so far.
  private final Preprocessor[] fitted;

  /// @param test null without a test set; else with the features of `rows`
  /// @param storage decides whether rows are preprocessed as a whole or step by step
  FoldRows(Dataset rows, Dataset test, Folds folds, Storage storage) {
    this.rows = rows;
    this.test = test;
    this.folds = folds;
    this.storage = storage;
    fitted = new Preprocessor[folds.count()];
  }

  boolean hasTest() {
    return test != null;
  }

  Split split(int fold) {
    return folds.split(fold);
  }

  /// How many columns the networks see.
  int inputs(int fold) {
    return preprocessor(fold).inputs();
  }

  /// All rows, those that the fold holds out included.
  TrainingRows rows(int fold) {
    return prepared(rows, preprocessor(fold));
  }

  /// The test set.
  TrainingRows test(int fold) {
    return prepared(test, preprocessor(fold));
  }

  private Preprocessor preprocessor(int fold) {
    if (fitted[fold - 1] == null) {
      RowValues learned = rows.raw().select(folds.split(fold).training());
      fitted[fold - 1] = Preprocessor.fit(rows.features(), rows.treatments(), learned);
    }
    return fitted[fold - 1];
  }

  private TrainingRows prepared(Dataset data, Preprocessor preprocessor) {
    InputRows inputs = InputRows.of(data.raw(), preprocessor, storage);
    return new TrainingRows(inputs, data.weights(), null);
  }
}
