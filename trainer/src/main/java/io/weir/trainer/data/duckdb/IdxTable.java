package io.weir.trainer.data.duckdb;

import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.SourceFiles;
import io.weir.trainer.data.ask.ValueRange;
import io.weir.trainer.data.idx.IdxElement;
import io.weir.trainer.data.idx.IdxFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;

/// IDX files as a table: one column `p0`, `p1`, ... per value of a row, which for images is one per
/// pixel in row-major order, in front of them the labels where there are any.
final class IdxTable {
  /// The column of the labels.
  static final String LABEL = "label";

  private static final String NAME = "weir idx";

  private IdxTable() {}

  /// Loads the files and gives the relation that stands after `FROM`.
  static String load(DuckDb db, SourceFiles files, String fileColumn) {
    Path first = files.files().getFirst();
    boolean labelled = !files.labels().isEmpty();
    IdxElement element;
    int width;
    try (IdxFile images = IdxFile.open(first)) {
      element = images.element();
      width = images.width();
    }
    db.run(
        "CREATE TEMP TABLE %s (%s VARCHAR, %s%s)"
            .formatted(
                Sql.name(NAME),
                Sql.name(fileColumn),
                labelled ? LABEL + " BIGINT, " : "",
                IntStream.range(0, width)
                    .mapToObj(i -> "p%d %s".formatted(i, storedType(element)))
                    .collect(Collectors.joining(", "))),
        first.toString());
    for (int f = 0; f < files.files().size(); f++) {
      try (IdxFile images = IdxFile.open(files.files().get(f));
          IdxFile labels = labelled ? IdxFile.open(files.labels().get(f)) : null) {
        requireAlike(files, f, images, element, width);
        if (labelled) {
          requireLabels(files.labels().get(f), labels, files.files().get(f), images);
        }
        append(db, files.files().get(f), images, labels);
      }
    }
    return Sql.name(NAME);
  }

  /// What every IDX column is for. Pixels are features even where they are the same in all images;
  /// labels are none.
  static SourceColumn column(SourceColumn column) {
    if (column.name().equals(LABEL)) {
      return column.as(SourceColumn.Purpose.ASIDE, null);
    }
    boolean grey = column.type().equals(storedType(IdxElement.UBYTE));
    return column.as(SourceColumn.Purpose.PART, grey ? ValueRange.BYTE : null);
  }

  private static void append(DuckDb db, Path file, IdxFile images, IdxFile labels) {
    double[] values = new double[images.width()];
    double[] label = new double[1];
    try (DuckDBAppender appender = db.connection().createAppender("temp", "main", NAME)) {
      while (images.next(values)) {
        appender.beginRow();
        appender.append(file.toString());
        if (labels != null && labels.next(label)) {
          appender.append((long) label[0]);
        }
        append(appender, images.element(), values);
        appender.endRow();
      }
      if (labels != null) {
        labels.next(label);
      }
    } catch (SQLException e) {
      throw DuckDb.failure(file.toString(), e);
    }
  }

  private static void append(DuckDBAppender appender, IdxElement element, double[] values)
      throws SQLException {
    for (double value : values) {
      switch (element) {
        case UBYTE, BYTE -> appender.append((byte) (int) value);
        case SHORT -> appender.append((short) value);
        case INT -> appender.append((int) value);
        case FLOAT -> appender.append((float) value);
        case DOUBLE -> appender.append(value);
      }
    }
  }

  private static String storedType(IdxElement element) {
    return switch (element) {
      case UBYTE -> "UTINYINT";
      case BYTE -> "TINYINT";
      case SHORT -> "SMALLINT";
      case INT -> "INTEGER";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
    };
  }

  private static void requireAlike(
      SourceFiles files, int f, IdxFile images, IdxElement element, int width) {
    if (images.width() != width || images.element() != element) {
      throw new DataException(
          "%s holds %d %s values a row, %s %d %s: all files of a source must be alike."
              .formatted(
                  files.files().getFirst(),
                  width,
                  element,
                  files.files().get(f),
                  images.width(),
                  images.element()));
    }
  }

  private static void requireLabels(Path file, IdxFile labels, Path imageFile, IdxFile images) {
    if (labels.width() != 1 || !labels.element().whole()) {
      throw new DataException(
          "%s holds %d %s values a row: labels are one whole number each. Name another file."
              .formatted(file, labels.width(), labels.element()));
    }
    if (labels.rows() != images.rows()) {
      throw new DataException(
          "%s holds %d labels, but %s %d rows: every row has one. Name another file."
              .formatted(file, labels.rows(), imageFile, images.rows()));
    }
  }
}
