package io.weir.schemas.features;

/// Runs a feature program over the bytes of one event.
///
/// A method that moves on returns the new position, or a failure as the negative ordinal of its
/// [DecodeStatus]: two results without an object. Positions are indices into the array; `limit` is
/// the first index after the event.
final class Interpreter {
  private static final DecodeStatus[] STATUSES = DecodeStatus.values();

  private final int[] code;
  private final float[] constants;
  private final WordTable[] words;
  private final ValueReader values;

  Interpreter(Code code, boolean[] nullable) {
    this.code = code.instructions();
    this.constants = code.constants();
    this.words = code.words();
    this.values = new ValueReader(code, nullable);
  }

  /// Runs from `pc` to its END.
  ///
  /// @param out the features, the first at `outOffset`
  /// @param depth how many subroutines are open
  /// @param trace filled at a failure, null if nobody asks
  int run(
      int pc,
      byte[] b,
      int position,
      int limit,
      float[] out,
      int outOffset,
      int depth,
      Trace trace) {
    int[] code = this.code;
    int pos = position;
    int mark = position;
    while (true) {
      int at = pc;
      switch (code[pc]) {
        case Op.END -> {
          return pos;
        }
        case Op.JUMP -> pc = code[pc + 1];
        case Op.CALL -> {
          if (depth == FeatureProgram.MAX_DEPTH) {
            return Trace.fail(DecodeStatus.TOO_DEEP, at, pos, Trace.NO_SLOT, depth, trace);
          }
          pos = run(code[pc + 1], b, pos, limit, out, outOffset, depth + 1, trace);
          pc += 2;
        }
        case Op.MARK -> {
          mark = pos;
          pc++;
        }
        case Op.RESTORE -> {
          pos = mark;
          pc++;
        }
        case Op.SKIP -> {
          int size = code[pc + 1];
          pos = size <= limit - pos ? pos + size : Trace.truncated(at, pos, size, trace);
          pc += 2;
        }
        case Op.SKIP_INTS, Op.SKIP_LONGS -> {
          int digits = code[pc] == Op.SKIP_INTS ? Varint.INT : Varint.LONG;
          pos = skipNumbers(at, b, pos, limit, digits, trace);
          pc += 2;
        }
        case Op.SKIP_STRINGS -> {
          for (int n = code[pc + 1]; n > 0 && pos >= 0; n--) {
            pos = ValueReader.skipString(at, b, pos, limit, trace);
          }
          pc += 2;
        }
        case Op.SKIP_ENUM -> {
          int end = Varint.end(b, pos, limit, Varint.INT);
          pos = end < 0 ? Trace.failed(end, at, pos, trace) : checkIndex(at, b, pos, end, trace);
          pc += 2;
        }
        case Op.SKIP_ARRAY, Op.SKIP_MAP -> {
          pos = skipBlocks(at, b, pos, limit, out, outOffset, depth, trace);
          pc += 3;
        }
        case Op.UNION -> {
          int end = Varint.end(b, pos, limit, Varint.INT);
          if (end < 0) {
            return Trace.failed(end, at, pos, trace);
          }
          int index = Varint.intValue(b, pos, end);
          if (index < 0 || index >= code[pc + 1]) {
            return Trace.fail(DecodeStatus.INVALID_INDEX, at, pos, Trace.NO_SLOT, index, trace);
          }
          pc = code[pc + 2 + index];
          pos = end;
        }
        case Op.MAP -> {
          pos = map(at, b, pos, limit, out, outOffset, depth, trace);
          pc += 3 + words[code[pc + 1]].size();
        }
        case Op.MISSING -> {
          out[outOffset + code[pc + 1]] = Float.NaN;
          pc += 2;
        }
        case Op.REQUIRE -> {
          if (Float.isNaN(out[outOffset + code[pc + 1]])) {
            return Trace.fail(DecodeStatus.MISSING_VALUE, at, pos, code[pc + 1], Double.NaN, trace);
          }
          pc += 2;
        }
        case Op.CONSTANT -> {
          out[outOffset + code[pc + 1]] = constants[code[pc + 2]];
          pc += 3;
        }
        case Op.FAIL -> {
          return Trace.fail(STATUSES[code[pc + 2]], at, pos, code[pc + 1], Double.NaN, trace);
        }
        case Op.FLOATS -> {
          pos = values.floats(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.DOUBLES -> {
          pos = values.doubles(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.BOOLEAN -> {
          if (pos == limit) {
            return Trace.truncated(at, pos, 1, trace);
          }
          out[outOffset + code[pc + 1]] = b[pos] == 1 ? 1 : 0;
          pos++;
          pc += 2;
        }
        case Op.INT, Op.LONG -> {
          pos = values.integer(at, b, pos, limit, out, outOffset, trace);
          pc += 2;
        }
        case Op.DECIMAL -> {
          pos = values.decimal(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.DECIMAL_FIXED -> {
          pos = values.decimalFixed(at, b, pos, limit, out, outOffset, trace);
          pc += 4;
        }
        case Op.BIG_DECIMAL -> {
          pos = values.bigDecimal(at, b, pos, limit, out, outOffset, trace);
          pc += 2;
        }
        case Op.CHECK_FLAG -> {
          float value = out[outOffset + code[pc + 1]];
          if (value != 0 && value != 1 && !Float.isNaN(value)) {
            return Trace.fail(DecodeStatus.NOT_A_FLAG, at, pos, code[pc + 1], value, trace);
          }
          pc += 2;
        }
        case Op.FLAG_STRING -> {
          pos = values.flagString(at, b, pos, limit, out, outOffset, trace);
          pc += 2;
        }
        case Op.ENUM -> {
          pos = values.enumeration(at, b, pos, limit, out, outOffset, trace);
          pc += 4;
        }
        case Op.CATEGORY_BOOLEAN -> {
          pos = values.categoryBoolean(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.CATEGORY_STRING -> {
          pos = values.categoryString(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.CATEGORY_NUMBER -> {
          pos = values.categoryNumber(at, b, pos, limit, out, outOffset, trace);
          pc += 4;
        }
        case Op.CYCLE -> {
          pos = values.cycle(at, b, pos, limit, out, outOffset, trace);
          pc += 5;
        }
        case Op.CYCLE_STRING -> {
          pos = values.cycleString(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        default -> throw new IllegalStateException("unknown instruction " + code[pc]);
      }
      if (pos < 0) {
        return pos;
      }
    }
  }

  private int skipNumbers(int pc, byte[] b, int pos, int limit, int digits, Trace trace) {
    for (int n = code[pc + 1]; n > 0; n--) {
      int end = Varint.end(b, pos, limit, digits);
      if (end < 0) {
        return Trace.failed(end, pc, pos, trace);
      }
      pos = end;
    }
    return pos;
  }

  /// `end` if the index before it is below the first operand.
  private int checkIndex(int pc, byte[] b, int pos, int end, Trace trace) {
    int index = Varint.intValue(b, pos, end);
    return index >= 0 && index < code[pc + 1]
        ? end
        : Trace.fail(DecodeStatus.INVALID_INDEX, pc, pos, Trace.NO_SLOT, index, trace);
  }

  /// Blocks of items, each with a count before it, the last one 0. A negative count is followed by
  /// the size of its block in bytes: nothing in it is looked at.
  private int skipBlocks(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, int depth, Trace trace) {
    boolean keyed = code[pc] == Op.SKIP_MAP;
    int size = keyed ? -1 : code[pc + 1];
    if (depth == FeatureProgram.MAX_DEPTH) {
      return Trace.fail(DecodeStatus.TOO_DEEP, pc, pos, Trace.NO_SLOT, depth, trace);
    }
    while (true) {
      int end = Varint.end(b, pos, limit, Varint.LONG);
      if (end < 0) {
        return Trace.failed(end, pc, pos, trace);
      }
      long count = Varint.longValue(b, pos, end);
      if (count == 0) {
        return end;
      }
      if (count < 0) {
        pos = ValueReader.skipString(pc, b, end, limit, trace);
      } else if (size >= 0) {
        // Items of no bytes cost no time, however many they are said to be.
        pos =
            size == 0 || count <= (limit - end) / size
                ? end + (int) (count * size)
                : Trace.truncated(pc, end, (double) count * size, trace);
      } else {
        pos = end;
        for (; count > 0 && pos >= 0; count--) {
          if (keyed) {
            pos = ValueReader.skipString(pc, b, pos, limit, trace);
          }
          if (pos >= 0) {
            pos = run(code[pc + 2], b, pos, limit, out, outOffset, depth + 1, trace);
          }
        }
      }
      if (pos < 0) {
        return pos;
      }
    }
  }

  /// Like [#skipBlocks], each value by the subroutine of its key.
  private int map(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, int depth, Trace trace) {
    WordTable keys = words[code[pc + 1]];
    if (depth == FeatureProgram.MAX_DEPTH) {
      return Trace.fail(DecodeStatus.TOO_DEEP, pc, pos, Trace.NO_SLOT, depth, trace);
    }
    while (true) {
      int end = Varint.end(b, pos, limit, Varint.LONG);
      if (end < 0) {
        return Trace.failed(end, pc, pos, trace);
      }
      long count = Varint.longValue(b, pos, end);
      if (count == 0) {
        return end;
      }
      pos = end;
      if (count < 0) {
        pos = Varint.end(b, end, limit, Varint.LONG);
        if (pos < 0) {
          return Trace.failed(pos, pc, end, trace);
        }
        if (count == Long.MIN_VALUE) {
          return Trace.fail(DecodeStatus.INVALID_LENGTH, pc, end, Trace.NO_SLOT, count, trace);
        }
        count = -count;
      }
      for (; count > 0; count--) {
        int keyEnd = ValueReader.skipString(pc, b, pos, limit, trace);
        if (keyEnd < 0) {
          return keyEnd;
        }
        int key = keys.indexOf(b, Varint.end(b, pos, limit, Varint.LONG), keyEnd);
        // The routine for any other key stands before those of the keys.
        int routine = key == keys.size() ? code[pc + 2] : code[pc + 3 + key];
        pos = run(routine, b, keyEnd, limit, out, outOffset, depth + 1, trace);
        if (pos < 0) {
          return pos;
        }
      }
    }
  }
}
