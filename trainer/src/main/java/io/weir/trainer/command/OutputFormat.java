package io.weir.trainer.command;

/// How results are written to stdout.
enum OutputFormat {
  /// For people.
  TEXT,
  /// One JSON object.
  JSON
}
