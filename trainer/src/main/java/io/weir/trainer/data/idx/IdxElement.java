package io.weir.trainer.data.idx;

import java.nio.ByteBuffer;

/// What an IDX file's values are, by the third byte of its magic number; all are big-endian.
public enum IdxElement {
  /// Unsigned, 0 to 255: the grey values of pixels, and class labels.
  UBYTE(0x08, 1),
  BYTE(0x09, 1),
  SHORT(0x0B, 2),
  INT(0x0C, 4),
  FLOAT(0x0D, 4),
  DOUBLE(0x0E, 8);

  private final int code;
  private final int bytes;

  IdxElement(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// Bytes of one value.
  int bytes() {
    return bytes;
  }

  /// Whether values are whole numbers.
  public boolean whole() {
    return this != FLOAT && this != DOUBLE;
  }

  /// The value at a position of the row, without loss.
  double value(ByteBuffer row, int index) {
    return switch (this) {
      case UBYTE -> row.get(index) & 0xFF;
      case BYTE -> row.get(index);
      case SHORT -> row.getShort(index * bytes);
      case INT -> row.getInt(index * bytes);
      case FLOAT -> row.getFloat(index * bytes);
      case DOUBLE -> row.getDouble(index * bytes);
    };
  }

  /// The type of a code, null where there is none.
  static IdxElement of(int code) {
    for (IdxElement element : values()) {
      if (element.code == code) {
        return element;
      }
    }
    return null;
  }
}
