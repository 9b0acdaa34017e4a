package io.weir.trainer.data.duckdb;

import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.ReadListener.Stage;
import io.weir.trainer.data.bulk.ArrivalLog;
import io.weir.trainer.data.bulk.Arrivals;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.RowWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Rows as arrays.
///
/// @param values [rows x slots], NaN where missing; a number is the nearest float32 of the nearest
///   double of what the source says, as it is for an event
/// @param labels [rows] 1 for rows that are not normal, or null
/// @param weights [rows] NaN where missing, or null
/// @param rowNumbers [rows] 0-based positions in the source, ascending
/// @param arrivals which row of a key follows which; null where it was not asked for
public record LoadedRows(
    RowValues values, byte[] labels, double[] weights, long[] rowNumbers, Arrivals arrivals) {
  /// The most rows: what every JVM can allocate in one array.
  public static final long LARGEST = Integer.MAX_VALUE - 8;

  private static final long MICROS = 1_000_000;

  /// How many rows pass between two reports.
  private static final int REPORTED = 1 << 14;

  /// @param sql gives the row number and the slots; the label, if there is one; the weight, if
  ///   there is one; and with arrivals the key, the time and whether the row is kept
  /// @param rows how many are kept
  /// @param arrivals null where the order does not matter
  static LoadedRows read(
      RowSource opened,
      String sql,
      int rows,
      List<Slot> slots,
      boolean labelled,
      boolean weighted,
      ArrivalColumns arrivals) {
    int width = slots.size();
    Cycle[] cycles = new Cycle[width];
    for (int s = 0; s < width; s++) {
      cycles[s] = slots.get(s).feature() instanceof CyclicTime time ? time.cycle() : null;
    }
    RowWriter values = new RowWriter(opened.storage(), rows, width);
    byte[] labels = labelled ? new byte[rows] : null;
    double[] weights = weighted ? new double[rows] : null;
    long[] rowNumbers = new long[rows];
    ArrivalLog log = arrivals == null ? null : new ArrivalLog(rows, arrivals.scale());
    int behind = 2 + width + (labelled ? 1 : 0) + (weighted ? 1 : 0);
    opened.listener().at(Stage.LOADING, 0, rows);
    try (Statement statement = opened.db().connection().createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int row = 0;
      while (result.next()) {
        int column = 1;
        long number = result.getLong(column++);
        if (log != null) {
          boolean kept = result.getBoolean(behind + 2);
          if (kept && row == rows) {
            throw changed(opened, rows);
          }
          log.add(
              arrivals.key(result, behind, number),
              arrivals.time(result, behind + 1, number),
              kept);
          if (!kept) {
            continue;
          }
        }
        if (row == rows) {
          throw changed(opened, rows);
        }
        rowNumbers[row] = number;
        if (row > 0 && rowNumbers[row] <= rowNumbers[row - 1]) {
          throw new IllegalStateException(
              "Row %d came after row %d".formatted(rowNumbers[row], rowNumbers[row - 1]));
        }
        readValues(result, column, cycles, values);
        column += width;
        if (labels != null) {
          labels[row] = (byte) (result.getBoolean(column++) ? 1 : 0);
        }
        if (weights != null) {
          weights[row] = result.getDouble(column);
        }
        if (row % REPORTED == 0) {
          opened.listener().at(Stage.LOADING, row, rows);
        }
        row++;
      }
      if (row != rows) {
        throw changed(opened, rows);
      }
    } catch (SQLException e) {
      throw opened.db().streamFailure(sql, opened.source().location(), e);
    }
    opened.listener().at(Stage.LOADING, rows, rows);
    return new LoadedRows(
        values.finish(), labels, weights, rowNumbers, log == null ? null : log.finish());
  }

  private static void readValues(
      ResultSet result, int firstColumn, Cycle[] cycles, RowWriter values) throws SQLException {
    int column = firstColumn;
    for (Cycle cycle : cycles) {
      if (cycle == null) {
        values.put((float) result.getDouble(column++));
      } else {
        long micros = result.getLong(column++);
        values.put(result.wasNull() ? Float.NaN : position(cycle, micros));
      }
    }
  }

  private static DataException changed(RowSource opened, int rows) {
    return new DataException(
        "%s had %d rows when they were counted and has others now: it changed while it was read. Read it once more."
            .formatted(opened.source().location(), rows));
  }

  private static float position(Cycle cycle, long micros) {
    return cycle.position(
        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1_000);
  }
}
