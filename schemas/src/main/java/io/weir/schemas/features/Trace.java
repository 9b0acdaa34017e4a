package io.weir.schemas.features;

/// Where and why the interpreter stopped; filled only when somebody asks for the explanation.
final class Trace {
  DecodeStatus status = DecodeStatus.OK;
  int pc;
  int position;
  int slot = NO_SLOT;
  double detail;

  /// No feature is concerned.
  static final int NO_SLOT = -1;
}
