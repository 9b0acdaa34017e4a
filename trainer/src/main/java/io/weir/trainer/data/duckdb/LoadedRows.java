package io.weir.trainer.data.duckdb;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Rows as arrays.
///
/// @param values [rows x slots], row-major, NaN where missing; a number is the nearest float32 of
///   the nearest double of what the source says, as it is for an event
/// @param labels [rows] 1 for rows that are not normal, or null
/// @param weights [rows] NaN where missing, or null
/// @param rowNumbers [rows] 0-based positions in the source, ascending
public record LoadedRows(float[] values, byte[] labels, double[] weights, long[] rowNumbers) {
  /// The most values: what every JVM can allocate in one array.
  public static final long LARGEST = Integer.MAX_VALUE - 8;

  private static final long MICROS = 1_000_000;

  static LoadedRows read(
      DuckDb db,
      String sql,
      String subject,
      int rows,
      List<Slot> slots,
      boolean labelled,
      boolean weighted) {
    int width = slots.size();
    Cycle[] cycles = new Cycle[width];
    for (int s = 0; s < width; s++) {
      cycles[s] = slots.get(s).feature() instanceof CyclicTime time ? time.cycle() : null;
    }
    LoadedRows loaded =
        new LoadedRows(
            new float[rows * width],
            labelled ? new byte[rows] : null,
            weighted ? new double[rows] : null,
            new long[rows]);
    try (Statement statement = db.connection().createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int row = 0;
      for (; result.next(); row++) {
        loaded.readRow(result, row, cycles);
      }
      if (row != rows) {
        throw new IllegalStateException("Counted %d rows, but read %d".formatted(rows, row));
      }
    } catch (SQLException e) {
      throw DuckDb.failure(subject, e);
    }
    return loaded;
  }

  private void readRow(ResultSet result, int row, Cycle[] cycles) throws SQLException {
    int column = 1;
    rowNumbers[row] = result.getLong(column++);
    if (row > 0 && rowNumbers[row] <= rowNumbers[row - 1]) {
      throw new IllegalStateException(
          "Row %d came after row %d".formatted(rowNumbers[row], rowNumbers[row - 1]));
    }
    int at = row * cycles.length;
    for (Cycle cycle : cycles) {
      if (cycle == null) {
        values[at++] = (float) result.getDouble(column++);
      } else {
        long micros = result.getLong(column++);
        values[at++] = result.wasNull() ? Float.NaN : position(cycle, micros);
      }
    }
    if (labels != null) {
      labels[row] = (byte) (result.getBoolean(column++) ? 1 : 0);
    }
    if (weights != null) {
      weights[row] = result.getDouble(column);
    }
  }

  private static float position(Cycle cycle, long micros) {
    return cycle.position(
        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1_000);
  }
}
