/// The bulk of the data: rows of floats, in the heap while they are few, else in a temporary file.
package io.weir.trainer.data.bulk;
