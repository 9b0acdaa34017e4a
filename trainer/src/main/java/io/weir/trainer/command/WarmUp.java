package io.weir.trainer.command;

/// What is scored before a window is full.
enum WarmUp {
  /// Nothing.
  FULL,
  /// A window whose missing events stand at its beginning.
  PADDED
}
