package io.weir.schemas.features;

/// Where and why the interpreter stopped; filled only when somebody asks for the explanation.
final class Trace {
  /// No feature is concerned.
  static final int NO_SLOT = -1;

  private static final DecodeStatus[] STATUSES = DecodeStatus.values();

  DecodeStatus status = DecodeStatus.OK;
  int pc;
  int position;
  int slot = NO_SLOT;
  double detail;

  static int truncated(int pc, int pos, double needed, Trace trace) {
    return fail(DecodeStatus.TRUNCATED, pc, pos, Trace.NO_SLOT, needed, trace);
  }

  /// Passes on a failure of [Varint#end].
  static int failed(int failure, int pc, int pos, Trace trace) {
    return trace == null
        ? failure
        : fail(STATUSES[-failure], pc, pos, Trace.NO_SLOT, Double.NaN, trace);
  }

  static int fail(DecodeStatus status, int pc, int pos, int slot, double detail, Trace trace) {
    if (trace != null) {
      trace.status = status;
      trace.pc = pc;
      trace.position = pos;
      trace.slot = slot;
      trace.detail = detail;
    }
    return -status.ordinal();
  }
}
