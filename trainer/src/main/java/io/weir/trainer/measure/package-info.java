/// How good scores are, and how they are distributed.
package io.weir.trainer.measure;
