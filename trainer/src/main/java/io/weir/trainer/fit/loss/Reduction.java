package io.weir.trainer.fit.loss;

/// How elements of one row become the row's loss; rows are always averaged.
public enum Reduction {
  MEAN,
  SUM
}
