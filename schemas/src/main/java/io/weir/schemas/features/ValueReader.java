package io.weir.schemas.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the value of one field into its slot. Positions and failures as in [Interpreter].
final class ValueReader {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Cycle[] CYCLES = Cycle.values();

  private final int[] code;
  private final float[] constants;
  private final WordTable[] words;
  private final NumberTable[] numbers;
  private final boolean[] nullable;

  ValueReader(Code program, boolean[] nullable) {
    this.code = program.instructions();
    this.constants = program.constants();
    this.words = program.words();
    this.numbers = program.numbers();
    this.nullable = nullable;
  }

  /// The position after a length and so many bytes.
  static int skipString(int pc, byte[] b, int pos, int limit, Trace trace) {
    int start = Varint.end(b, pos, limit, Varint.LONG);
    if (start < 0) {
      return Trace.failed(start, pc, pos, trace);
    }
    long length = Varint.longValue(b, pos, start);
    if (length < 0) {
      return Trace.fail(DecodeStatus.INVALID_LENGTH, pc, pos, Trace.NO_SLOT, length, trace);
    }
    return length <= limit - start
        ? start + (int) length
        : Trace.truncated(pc, start, length, trace);
  }

  int floats(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int slot = code[pc + 1];
    int n = code[pc + 2];
    if (n > limit - pos >> 2) {
      return Trace.truncated(pc, pos, n * 4L, trace);
    }
    if (n == 1) {
      float value = (float) FLOAT.get(b, pos);
      out[outOffset + slot] = value;
      return Math.abs(value) <= Float.MAX_VALUE || mayBeMissing(value, slot)
          ? pos + 4
          : notFinite(value, pc, pos, slot, trace);
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

  int doubles(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int slot = code[pc + 1];
    int n = code[pc + 2];
    if (n > limit - pos >> 3) {
      return Trace.truncated(pc, pos, n * 8L, trace);
    }
    if (n == 1) {
      double value = (double) DOUBLE.get(b, pos);
      float narrow = (float) value;
      out[outOffset + slot] = narrow;
      return Math.abs(narrow) <= Float.MAX_VALUE || mayBeMissing(narrow, slot)
          ? pos + 8
          : notFinite(value, pc, pos, slot, trace);
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
    return Trace.fail(status, pc, pos, slot, value, trace);
  }

  int integer(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int digits = code[pc] == Op.INT ? Varint.INT : Varint.LONG;
    int end = Varint.end(b, pos, limit, digits);
    if (end < 0) {
      return Trace.failed(end, pc, pos, trace);
    }
    out[outOffset + code[pc + 1]] = number(b, pos, end, digits);
    return end;
  }

  int decimal(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    return storeDecimal(pc, b, start, end, code[pc + 2], out, outOffset, trace);
  }

  int decimalFixed(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int size = code[pc + 3];
    return size <= limit - pos
        ? storeDecimal(pc, b, pos, pos + size, code[pc + 2], out, outOffset, trace)
        : Trace.truncated(pc, pos, size, trace);
  }

  /// Bytes that hold the digits as bytes of their own, then the scale.
  int bigDecimal(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
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
      return Trace.failed(scaleEnd, pc, digitsEnd, trace);
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
      return Trace.fail(DecodeStatus.INVALID_LENGTH, pc, start, slot, 0, trace);
    }
    double value = Decimals.value(b, start, end, scale);
    float narrow = (float) value;
    out[outOffset + slot] = narrow;
    return Math.abs(narrow) <= Float.MAX_VALUE
        ? end
        : Trace.fail(DecodeStatus.NOT_FINITE, pc, start, slot, value, trace);
  }

  int flagString(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    int flag = Flags.read(b, start, end);
    if (flag < 0) {
      return Trace.fail(DecodeStatus.NOT_A_FLAG, pc, start, code[pc + 1], Double.NaN, trace);
    }
    out[outOffset + code[pc + 1]] = flag;
    return end;
  }

  int enumeration(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = Varint.end(b, pos, limit, Varint.INT);
    if (end < 0) {
      return Trace.failed(end, pc, pos, trace);
    }
    int index = Varint.intValue(b, pos, end);
    int slot = code[pc + 1];
    if (index < 0 || index >= code[pc + 3]) {
      return Trace.fail(DecodeStatus.INVALID_INDEX, pc, pos, Trace.NO_SLOT, index, trace);
    }
    float value = constants[code[pc + 2] + index];
    if (value == Flags.NEITHER) {
      return Trace.fail(DecodeStatus.NOT_A_FLAG, pc, pos, slot, Double.NaN, trace);
    }
    out[outOffset + slot] = value;
    return end;
  }

  int cycleString(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end < 0) {
      return end;
    }
    int start = Varint.end(b, pos, limit, Varint.LONG);
    long micros = IsoTime.epochMicros(b, start, end);
    if (micros == IsoTime.INVALID) {
      return Trace.fail(DecodeStatus.INVALID_TIME, pc, start, code[pc + 1], Double.NaN, trace);
    }
    out[outOffset + code[pc + 1]] =
        TimeUnits.position(CYCLES[code[pc + 2]], micros, TimeUnits.MICROS);
    return end;
  }

  int categoryBoolean(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    if (pos == limit) {
      return Trace.truncated(pc, pos, 1, trace);
    }
    out[outOffset + code[pc + 1]] = constants[code[pc + 2] + (b[pos] == 1 ? 1 : 0)];
    return pos + 1;
  }

  int categoryString(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int end = skipString(pc, b, pos, limit, trace);
    if (end >= 0) {
      int start = Varint.end(b, pos, limit, Varint.LONG);
      out[outOffset + code[pc + 1]] = words[code[pc + 2]].indexOf(b, start, end);
    }
    return end;
  }

  int categoryNumber(
      int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int digits = code[pc + 3];
    int end = Varint.end(b, pos, limit, digits);
    if (end < 0) {
      return Trace.failed(end, pc, pos, trace);
    }
    out[outOffset + code[pc + 1]] = numbers[code[pc + 2]].indexOf(number(b, pos, end, digits));
    return end;
  }

  int cycle(int pc, byte[] b, int pos, int limit, float[] out, int outOffset, Trace trace) {
    int digits = code[pc + 4];
    int end = Varint.end(b, pos, limit, digits);
    if (end < 0) {
      return Trace.failed(end, pc, pos, trace);
    }
    long ticks = number(b, pos, end, digits);
    out[outOffset + code[pc + 1]] = TimeUnits.position(CYCLES[code[pc + 2]], ticks, code[pc + 3]);
    return end;
  }

  private static long number(byte[] b, int pos, int end, int digits) {
    return digits == Varint.INT ? Varint.intValue(b, pos, end) : Varint.longValue(b, pos, end);
  }
}
