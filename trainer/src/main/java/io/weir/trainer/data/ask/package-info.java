/// What is asked for: where the rows stand, which of them are wanted, and what the columns mean.
package io.weir.trainer.data.ask;
