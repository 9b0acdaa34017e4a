package io.weir.schemas.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Runs a feature program over the bytes of one event.
///
/// A method that moves on returns the new position, or a failure as the negative ordinal of its
/// [DecodeStatus]: two results without an object. Positions are indices into the array; `limit` is
/// the first index after the event.
final class Interpreter {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Cycle[] CYCLES = Cycle.values();
  private static final DecodeStatus[] STATUSES = DecodeStatus.values();

  private final int[] code;
  private final float[] constants;
  private final WordTable[] words;
  private final NumberTable[] numbers;
  private final boolean[] nullable;

  Interpreter(Code code, boolean[] nullable) {
    this.code = code.instructions();
    this.constants = code.constants();
    this.words = code.words();
    this.numbers = code.numbers();
    this.nullable = nullable;
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
            return fail(DecodeStatus.TOO_DEEP, at, pos, Trace.NO_SLOT, depth, trace);
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
          pos = size <= limit - pos ? pos + size : truncated(at, pos, size, trace);
          pc += 2;
        }
        case Op.SKIP_INTS -> {
          pos = skipNumbers(at, b, pos, limit, Varint.INT, trace);
          pc += 2;
        }
        case Op.SKIP_LONGS -> {
          pos = skipNumbers(at, b, pos, limit, Varint.LONG, trace);
          pc += 2;
        }
        case Op.SKIP_STRINGS -> {
          for (int n = code[pc + 1]; n > 0 && pos >= 0; n--) {
            pos = skipString(at, b, pos, limit, trace);
          }
          pc += 2;
        }
        case Op.SKIP_ENUM -> {
          int end = Varint.end(b, pos, limit, Varint.INT);
          pos = end < 0 ? failed(end, at, pos, trace) : checkIndex(at, b, pos, end, trace);
          pc += 2;
        }
        case Op.SKIP_ARRAY, Op.SKIP_MAP -> {
          pos = skipBlocks(at, b, pos, limit, out, outOffset, depth, trace);
          pc += 3;
        }
        case Op.UNION -> {
          int end = Varint.end(b, pos, limit, Varint.INT);
          int next = end < 0 ? failed(end, at, pos, trace) : checkIndex(at, b, pos, end, trace);
          if (next >= 0) {
            pc = code[pc + 2 + Varint.intValue(b, pos, end)];
          }
          pos = next;
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
            return fail(DecodeStatus.MISSING_VALUE, at, pos, code[pc + 1], Double.NaN, trace);
          }
          pc += 2;
        }
        case Op.CONSTANT -> {
          out[outOffset + code[pc + 1]] = constants[code[pc + 2]];
          pc += 3;
        }
        case Op.FAIL -> {
          return fail(STATUSES[code[pc + 2]], at, pos, code[pc + 1], Double.NaN, trace);
        }
        case Op.FLOATS -> {
          pos = floats(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.DOUBLES -> {
          pos = doubles(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.BOOLEAN -> {
          if (pos == limit) {
            return truncated(at, pos, 1, trace);
          }
          out[outOffset + code[pc + 1]] = b[pos] == 1 ? 1 : 0;
          pos++;
          pc += 2;
        }
        case Op.INT -> {
          int end = Varint.end(b, pos, limit, Varint.INT);
          if (end < 0) {
            return failed(end, at, pos, trace);
          }
          out[outOffset + code[pc + 1]] = Varint.intValue(b, pos, end);
          pos = end;
          pc += 2;
        }
        case Op.LONG -> {
          int end = Varint.end(b, pos, limit, Varint.LONG);
          if (end < 0) {
            return failed(end, at, pos, trace);
          }
          out[outOffset + code[pc + 1]] = Varint.longValue(b, pos, end);
          pos = end;
          pc += 2;
        }
        case Op.DECIMAL -> {
          pos = decimal(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        case Op.DECIMAL_FIXED -> {
          int size = code[pc + 3];
          pos =
              size <= limit - pos
                  ? storeDecimal(at, b, pos, pos + size, code[pc + 2], out, outOffset, trace)
                  : truncated(at, pos, size, trace);
          pc += 4;
        }
        case Op.BIG_DECIMAL -> {
          pos = bigDecimal(at, b, pos, limit, out, outOffset, trace);
          pc += 2;
        }
        case Op.CHECK_FLAG -> {
          float value = out[outOffset + code[pc + 1]];
          if (value != 0 && value != 1 && !Float.isNaN(value)) {
            return fail(DecodeStatus.NOT_A_FLAG, at, pos, code[pc + 1], value, trace);
          }
          pc += 2;
        }
        case Op.FLAG_STRING -> {
          pos = flagString(at, b, pos, limit, out, outOffset, trace);
          pc += 2;
        }
        case Op.ENUM -> {
          pos = enumeration(at, b, pos, limit, out, outOffset, trace);
          pc += 4;
        }
        case Op.CATEGORY_BOOLEAN -> {
          if (pos == limit) {
            return truncated(at, pos, 1, trace);
          }
          out[outOffset + code[pc + 1]] = constants[code[pc + 2] + (b[pos] == 1 ? 1 : 0)];
          pos++;
          pc += 3;
        }
        case Op.CATEGORY_STRING -> {
          int end = skipString(at, b, pos, limit, trace);
          if (end >= 0) {
            int start = Varint.end(b, pos, limit, Varint.LONG);
            out[outOffset + code[pc + 1]] = words[code[pc + 2]].indexOf(b, start, end);
          }
          pos = end;
          pc += 3;
        }
        case Op.CATEGORY_NUMBER -> {
          int end = Varint.end(b, pos, limit, code[pc + 3]);
          if (end < 0) {
            return failed(end, at, pos, trace);
          }
          out[outOffset + code[pc + 1]] =
              numbers[code[pc + 2]].indexOf(number(b, pos, end, code[pc + 3]));
          pos = end;
          pc += 4;
        }
        case Op.CYCLE -> {
          int end = Varint.end(b, pos, limit, code[pc + 4]);
          if (end < 0) {
            return failed(end, at, pos, trace);
          }
          out[outOffset + code[pc + 1]] =
              TimeUnits.position(
                  CYCLES[code[pc + 2]], number(b, pos, end, code[pc + 4]), code[pc + 3]);
          pos = end;
          pc += 5;
        }
        case Op.CYCLE_STRING -> {
          pos = cycleString(at, b, pos, limit, out, outOffset, trace);
          pc += 3;
        }
        default -> throw new IllegalStateException("unknown instruction " + code[pc]);
      }
      if (pos < 0) {
        return pos;
      }
    }
  }

  private int floats(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int slot = code[pc + 1];
    int n = code[pc + 2];
    if (n > limit - pos >> 2) {
      return truncated(pc, pos, n * 4L, trace);
    }
    for (int i = 0; i < n; i++, pos += 4) {
      float value = (float) FLOAT.get(b, pos);
      out[outOffset + slot + i] = value;
      if (!(Math.abs(value) <= Float.MAX_VALUE) && !mayBeMissing(value, slot + i)) {
        return notFinite(value, pc, pos, slot + i, trace);
      }
    }
    return pos;
  }

  private int doubles(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int slot = code[pc + 1];
    int n = code[pc + 2];
    if (n > limit - pos >> 3) {
      return truncated(pc, pos, n * 8L, trace);
    }
    for (int i = 0; i < n; i++, pos += 8) {
      double value = (double) DOUBLE.get(b, pos);
      float narrow = (float) value;
      out[outOffset + slot + i] = narrow;
      if (!(Math.abs(narrow) <= Float.MAX_VALUE) && !mayBeMissing(narrow, slot + i)) {
        return notFinite(value, pc, pos, slot + i, trace);
      }
    }
    return pos;
  }

  private boolean mayBeMissing(float value, int slot) {
    return Float.isNaN(value) && nullable[slot];
  }

  private int notFinite(double value, int pc, int pos, int slot, Trace trace) {
    DecodeStatus status =
        Double.isNaN(value) ? DecodeStatus.MISSING_VALUE : DecodeStatus.NOT_FINITE;
    return fail(status, pc, pos, slot, value, trace);
  }

  private static long number(byte[] b, int pos, int end, int digits) {
    return digits == Varint.INT ? Varint.intValue(b, pos, end) : Varint.longValue(b, pos, end);
  }

  private int skipNumbers(int pc, byte[] b, int pos, int limit, int digits, Trace trace) {
    for (int n = code[pc + 1]; n > 0; n--) {
      int end = Varint.end(b, pos, limit, digits);
      if (end < 0) {
        return failed(end, pc, pos, trace);
      }
      pos = end;
    }
    return pos;
  }

  /// The position after a length and so many bytes.
  private int skipString(int pc, byte[] b, int pos, int limit, Trace trace) {
    int start = Varint.end(b, pos, limit, Varint.LONG);
    if (start < 0) {
      return failed(start, pc, pos, trace);
    }
    long length = Varint.longValue(b, pos, start);
    if (length < 0) {
      return fail(DecodeStatus.INVALID_LENGTH, pc, pos, Trace.NO_SLOT, length, trace);
    }
    return length <= limit - start ? start + (int) length : truncated(pc, start, length, trace);
  }

  /// `end` if the index before it is below the first operand.
  private int checkIndex(int pc, byte[] b, int pos, int end, Trace trace) {
    int index = Varint.intValue(b, pos, end);
    return index >= 0 && index < code[pc + 1]
        ? end
        : fail(DecodeStatus.INVALID_INDEX, pc, pos, Trace.NO_SLOT, index, trace);
  }

  /// Blocks of items, each with a count before it, the last one 0. A negative count is followed by
  /// the size of its block in bytes: nothing in it is looked at.
  private int skipBlocks(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, int depth, Trace trace) {
    boolean keyed = code[pc] == Op.SKIP_MAP;
    int size = keyed ? -1 : code[pc + 1];
    if (depth == FeatureProgram.MAX_DEPTH) {
      return fail(DecodeStatus.TOO_DEEP, pc, pos, Trace.NO_SLOT, depth, trace);
    }
    while (true) {
      int end = Varint.end(b, pos, limit, Varint.LONG);
      if (end < 0) {
        return failed(end, pc, pos, trace);
      }
      long count = Varint.longValue(b, pos, end);
      if (count == 0) {
        return end;
      }
      if (count < 0) {
        pos = skipString(pc, b, end, limit, trace);
      } else if (size >= 0) {
        // Items of no bytes cost no time, however many they are said to be.
        pos =
            size == 0 || count <= (limit - end) / size
                ? end + (int) (count * size)
                : truncated(pc, end, (double) count * size, trace);
      } else {
        pos = end;
        for (; count > 0 && pos >= 0; count--) {
          if (keyed) {
            pos = skipString(pc, b, pos, limit, trace);
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
      return fail(DecodeStatus.TOO_DEEP, pc, pos, Trace.NO_SLOT, depth, trace);
    }
    while (true) {
      int end = Varint.end(b, pos, limit, Varint.LONG);
      if (end < 0) {
        return failed(end, pc, pos, trace);
      }
      long count = Varint.longValue(b, pos, end);
      if (count == 0) {
        return end;
      }
      pos = end;
      if (count < 0) {
        pos = Varint.end(b, end, limit, Varint.LONG);
        if (pos < 0) {
          return failed(pos, pc, end, trace);
        }
        if (count == Long.MIN_VALUE) {
          return fail(DecodeStatus.INVALID_LENGTH, pc, end, Trace.NO_SLOT, count, trace);
        }
        count = -count;
      }
      for (; count > 0; count--) {
        int keyEnd = skipString(pc, b, pos, limit, trace);
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

  private int decimal(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    return storeDecimal(pc, b, start, end, code[pc + 2], out, outOffset, trace);
  }

  /// Bytes that hold the digits as bytes of their own, then the scale.
  private int bigDecimal(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int inner = Varint.end(b, pos, limit, Varint.LONG);
    int digitsEnd = skipString(pc, b, inner, end, trace);
    if (digitsEnd < 0) {
      return digitsEnd;
    }
    int scaleEnd = Varint.end(b, digitsEnd, end, Varint.INT);
    if (scaleEnd < 0) {
      return failed(scaleEnd, pc, digitsEnd, trace);
    }
    int start = Varint.end(b, inner, end, Varint.LONG);
    int scale = Varint.intValue(b, digitsEnd, scaleEnd);
    int stored = storeDecimal(pc, b, start, digitsEnd, scale, out, outOffset, trace);
    return stored < 0 ? stored : end;
  }

  private int storeDecimal(
      int pc, byte[] b, int start, int end, int scale, float[] out, int outOffset, Trace trace) {
    int slot = code[pc + 1];
    if (start == end) {
      return fail(DecodeStatus.INVALID_LENGTH, pc, start, slot, 0, trace);
    }
    double value = Decimals.value(b, start, end, scale);
    float narrow = (float) value;
    out[outOffset + slot] = narrow;
    return Math.abs(narrow) <= Float.MAX_VALUE
        ? end
        : fail(DecodeStatus.NOT_FINITE, pc, start, slot, value, trace);
  }

  private int flagString(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    int flag = Flags.read(b, start, end);
    if (flag < 0) {
      return fail(DecodeStatus.NOT_A_FLAG, pc, start, code[pc + 1], Double.NaN, trace);
    }
    out[outOffset + code[pc + 1]] = flag;
    return end;
  }

  private int enumeration(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = Varint.end(b, pos, limit, Varint.INT);
    if (end < 0) {
      return failed(end, pc, pos, trace);
    }
    int index = Varint.intValue(b, pos, end);
    int slot = code[pc + 1];
    if (index < 0 || index >= code[pc + 3]) {
      return fail(DecodeStatus.INVALID_INDEX, pc, pos, Trace.NO_SLOT, index, trace);
    }
    float value = constants[code[pc + 2] + index];
    if (value == Flags.NEITHER) {
      return fail(DecodeStatus.NOT_A_FLAG, pc, pos, slot, Double.NaN, trace);
    }
    out[outOffset + slot] = value;
    return end;
  }

  private int cycleString(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    long micros = IsoTime.epochMicros(b, start, end);
    if (micros == IsoTime.INVALID) {
      return fail(DecodeStatus.INVALID_TIME, pc, start, code[pc + 1], Double.NaN, trace);
    }
    out[outOffset + code[pc + 1]] =
        TimeUnits.position(CYCLES[code[pc + 2]], micros, TimeUnits.MICROS);
    return end;
  }

  private static int truncated(int pc, int pos, double needed, Trace trace) {
    return fail(DecodeStatus.TRUNCATED, pc, pos, Trace.NO_SLOT, needed, trace);
  }

  /// Passes on a failure of [Varint#end].
  private static int failed(int failure, int pc, int pos, Trace trace) {
    return trace == null
        ? failure
        : fail(STATUSES[-failure], pc, pos, Trace.NO_SLOT, Double.NaN, trace);
  }

  private static int fail(
      DecodeStatus status, int pc, int pos, int slot, double detail, Trace trace) {
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
