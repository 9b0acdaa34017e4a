package io.weir.trainer.data.idx;

import io.weir.trainer.data.ask.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// An IDX file, plain or gzipped: a magic number `0 0 TYPE DIMENSIONS`, the dimensions as unsigned
/// 32-bit numbers, then the values in row-major order, all big-endian (Y. LeCun, C. Cortes and C.
/// Burges, "The MNIST database of handwritten digits"). The first dimension counts the rows; the
/// others together are one row, so a file of 60000 x 28 x 28 holds 60000 rows of 784 values.
///
/// One row is in memory at a time, and no header can make it longer than [#WIDEST] values.
public final class IdxFile implements AutoCloseable {
  /// Values of the widest row: an image of 128 x 128.
  public static final int WIDEST = 1 << 14;

  private static final int MOST_DIMENSIONS = 8;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final DataInputStream in;
  private final IdxElement element;
  private final int rows;
  private final int width;
  private final int headerBytes;
  private final ByteBuffer row;
  private int read;

  private IdxFile(Path file, DataInputStream in) throws IOException {
    this.file = file;
    this.in = in;
    byte[] magic = new byte[4];
    in.readFully(magic);
    element = IdxElement.of(magic[2] & 0xFF);
    int dimensions = magic[3] & 0xFF;
    if (magic[0] != 0 || magic[1] != 0 || element == null || dimensions == 0) {
      throw new DataException(
          "%s is no IDX file: it starts with the bytes %s, which must be 0, 0, a type (8, 9, 11 to 14) and the number of dimensions. Check the file, or state its format."
              .formatted(file, unsigned(magic)));
    }
    if (dimensions > MOST_DIMENSIONS) {
      throw new DataException(
          "%s has %d dimensions: at most %d are read."
              .formatted(file, dimensions, MOST_DIMENSIONS));
    }
    long count = Integer.toUnsignedLong(in.readInt());
    long values = 1;
    for (int d = 1; d < dimensions; d++) {
      values *= Integer.toUnsignedLong(in.readInt());
      if (values > WIDEST || values == 0) {
        throw new DataException(
            "%s has rows of %s values by its header: a row has 1 to %d. The file is damaged, or too wide."
                .formatted(file, values == 0 ? "no" : "%d or more".formatted(values), WIDEST));
      }
    }
    if (count > Integer.MAX_VALUE) {
      throw new DataException(
          "%s has %d rows by its header: at most %d are read."
              .formatted(file, count, Integer.MAX_VALUE));
    }
    headerBytes = magic.length + Integer.BYTES * dimensions;
    rows = (int) count;
    width = (int) values;
    row = ByteBuffer.allocate(width * element.bytes());
  }

  /// Reads the header.
  ///
  /// @throws DataException where it is no IDX file, or its rows are too wide
  public static IdxFile open(Path file) {
    InputStream plain = null;
    try {
      plain = Files.newInputStream(file);
      boolean compressed = file.toString().endsWith(".gz");
      InputStream bytes = compressed ? new GZIPInputStream(plain, BUFFER) : plain;
      IdxFile opened =
          new IdxFile(file, new DataInputStream(new BufferedInputStream(bytes, BUFFER)));
      if (!compressed) {
        opened.requireSize(Files.size(file));
      }
      return opened;
    } catch (IOException e) {
      close(plain);
      throw e instanceof EOFException ? cutOff(file, "its header") : unreadable(file, e);
    } catch (DataException e) {
      close(plain);
      throw e;
    }
  }

  /// The type of the values.
  public IdxElement element() {
    return element;
  }

  /// Number of rows.
  public int rows() {
    return rows;
  }

  /// Values of a row, at least 1.
  public int width() {
    return width;
  }

  /// Reads the next row.
  ///
  /// @param values [width] are written
  /// @return false after the last row
  /// @throws DataException where the file is cut off or goes on after its last row
  public boolean next(double[] values) {
    try {
      if (read == rows) {
        requireEnd();
        return false;
      }
      in.readFully(row.array());
      for (int i = 0; i < width; i++) {
        values[i] = element.value(row, i);
      }
      read++;
      return true;
    } catch (EOFException _) {
      throw cutOff(file, "row %d of the %d in its header".formatted(read, rows));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public void close() {
    close(in);
  }

  private void requireSize(long size) {
    // Rows are below 2^31 and a row has at most 2^17 bytes: no overflow.
    if (size < headerBytes + (long) rows * width * element.bytes()) {
      throw cutOff(
          file,
          "%d bytes, where its header tells of %d rows x %d values".formatted(size, rows, width));
    }
  }

  private void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new DataException(
          "%s goes on after the %d rows of its header: the file is damaged.".formatted(file, rows));
    }
  }

  private static DataException cutOff(Path file, String where) {
    return new DataException(
        "%s is cut off in %s: the file is damaged. Fetch it again.".formatted(file, where));
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException("%s cannot be read as IDX: %s".formatted(file, e.getMessage()), e);
  }

  private static void close(InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("Closing a file that was only read failed", e);
    }
  }

  private static String unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> bytes[i] & 0xFF);
    return Arrays.toString(values);
  }
}
