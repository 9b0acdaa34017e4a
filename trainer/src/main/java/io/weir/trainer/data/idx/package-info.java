/// IDX files, the arrays of the MNIST family, as rows.
package io.weir.trainer.data.idx;
