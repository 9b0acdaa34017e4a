/// Turns a trained detector into a published file: proves that the file says what the engine says,
/// writes the model card, and puts the file in place in one step.
package io.weir.trainer.publish;
