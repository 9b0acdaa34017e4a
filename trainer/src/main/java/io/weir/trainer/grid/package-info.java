/// Experiments: every place of a grid of settings is trained on every fold of the rows, and what
/// the held-out rows cost is kept in files from which an interrupted experiment goes on.
package io.weir.trainer.grid;
