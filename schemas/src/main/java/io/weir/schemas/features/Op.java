package io.weir.schemas.features;

/// The instructions of a feature program: an op-code followed by its operands, all in one `int[]`.
final class Op {
  /// Ends the program or a subroutine.
  static final int END = 0;

  /// `to`: goes on there.
  static final int JUMP = 1;

  /// `at`: runs the subroutine there (records that contain themselves).
  static final int CALL = 2;

  /// Remembers the position, for a field that feeds several features.
  static final int MARK = 3;

  /// Goes back to the remembered position.
  static final int RESTORE = 4;

  /// `n`: skips n bytes.
  static final int SKIP = 5;

  /// `n`: skips n variable-length ints.
  static final int SKIP_INTS = 6;

  /// `n`: skips n variable-length longs.
  static final int SKIP_LONGS = 7;

  /// `n`: skips n strings or byte strings.
  static final int SKIP_STRINGS = 8;

  /// `symbols`: skips an enum of so many symbols.
  static final int SKIP_ENUM = 9;

  /// `size`, `at`: skips an array; items of `size` bytes, or, when that is negative, each by the
  /// subroutine.
  static final int SKIP_ARRAY = 10;

  /// unused, `at`: skips a map, each value by the subroutine.
  static final int SKIP_MAP = 11;

  /// `n`, `to` x n: goes on at the branch that was written.
  static final int UNION = 12;

  /// `keys`, `otherwise`, `at` x keys: reads a map, each value by the subroutine of its key.
  static final int MAP = 13;

  /// `slot`: NaN.
  static final int MISSING = 14;

  /// `slot`: fails when the slot is NaN.
  static final int REQUIRE = 15;

  /// `slot`, `constant`: a default of the reader schema.
  static final int CONSTANT = 16;

  /// `slot`, `status`: fails.
  static final int FAIL = 17;

  /// `slot`, `n`: n floats into n slots.
  static final int FLOATS = 18;

  /// `slot`, `n`: n doubles into n slots.
  static final int DOUBLES = 19;

  /// `slot`: a boolean as 0 or 1.
  static final int BOOLEAN = 20;

  /// `slot`: an int.
  static final int INT = 21;

  /// `slot`: a long.
  static final int LONG = 22;

  /// `slot`, `scale`: a decimal in bytes.
  static final int DECIMAL = 23;

  /// `slot`, `scale`, `size`: a decimal in a fixed.
  static final int DECIMAL_FIXED = 24;

  /// `slot`: a decimal that carries its scale.
  static final int BIG_DECIMAL = 25;

  /// `slot`: fails when the slot is neither 0, 1 nor NaN.
  static final int CHECK_FLAG = 26;

  /// `slot`: a string "true" or "false".
  static final int FLAG_STRING = 27;

  /// `slot`, `constant`, `n`: a constant for each symbol of an enum.
  static final int ENUM = 28;

  /// `slot`, `constant`: a constant for false, the next for true.
  static final int CATEGORY_BOOLEAN = 29;

  /// `slot`, `words`: the index of a string in a vocabulary.
  static final int CATEGORY_STRING = 30;

  /// `slot`, `numbers`, `digits`: the index of an int (5 digits of 7 bits) or long (10) in a
  /// vocabulary of numbers.
  static final int CATEGORY_NUMBER = 31;

  /// `slot`, `cycle`, `unit`, `digits`: the position of a number of units since 1970 in a cycle.
  static final int CYCLE = 32;

  /// `slot`, `cycle`: the position of an ISO-8601 string in a cycle.
  static final int CYCLE_STRING = 33;

  private Op() {}
}
