package io.weir.trainer.data.ask;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What a command wants to know about which rows.
///
/// Column lists hold names or patterns with `*` and `?`. A name that fits no column is an error,
/// and all such errors come at once.
public record DataRequest(
    Source source, Selection selection, Roles roles, Treatments treatments, Timing timing) {
  public DataRequest {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(roles, "roles");
    Objects.requireNonNull(treatments, "treatments");
    Objects.requireNonNull(timing, "timing");
  }

  /// For which neither keys nor times matter.
  public DataRequest(Source source, Selection selection, Roles roles, Treatments treatments) {
    this(source, selection, roles, treatments, Timing.NONE);
  }

  /// All rows and columns of a source: no label, min-max scaling.
  public static DataRequest of(String location) {
    return new DataRequest(Source.of(location), Selection.ALL, Roles.NONE, Treatments.MIN_MAX);
  }

  public DataRequest withSource(Source changed) {
    return new DataRequest(changed, selection, roles, treatments, timing);
  }

  public DataRequest withSelection(Selection changed) {
    return new DataRequest(source, changed, roles, treatments, timing);
  }

  public DataRequest withRoles(Roles changed) {
    return new DataRequest(source, selection, changed, treatments, timing);
  }

  public DataRequest withTreatments(Treatments changed) {
    return new DataRequest(source, selection, roles, changed, timing);
  }

  public DataRequest withTiming(Timing changed) {
    return new DataRequest(source, selection, roles, treatments, changed);
  }

  /// Which rows.
  ///
  /// @param location a file, a directory (all files of one format below it), a path with `*` `?`
  ///   `[..]` `{..}` patterns, or a query starting with `select`, `with`, `from` or `values`
  /// @param format null to go by the name
  /// @param where an SQL expression that the rows must satisfy, null for all rows
  /// @param limit at most this many rows, the first that satisfy `where`; [Long#MAX_VALUE] for all
  /// @param labels the labels of an IDX file; null for the file beside it that is named alike, if
  ///   there is one
  public record Source(
      String location, SourceFormat format, String where, long limit, Path labels) {
    public Source {
      Objects.requireNonNull(location, "location");
      if (limit < 1) {
        throw new DataException("A limit of " + limit + " rows: it must be at least 1");
      }
    }

    public static Source of(String location) {
      return new Source(location, null, null, Long.MAX_VALUE, null);
    }

    public Source withFormat(SourceFormat changed) {
      return new Source(location, changed, where, limit, labels);
    }

    public Source withWhere(String changed) {
      return new Source(location, format, changed, limit, labels);
    }

    public Source withLimit(long changed) {
      return new Source(location, format, where, changed, labels);
    }

    public Source withLabels(Path changed) {
      return new Source(location, format, where, limit, changed);
    }
  }

  /// Which columns may become features.
  ///
  /// @param include empty for all; a column that is named without a pattern becomes a feature even
  ///   if it is constant
  /// @param exclude taken away from `include`
  public record Selection(List<String> include, List<String> exclude) {
    /// Every column that can be a feature.
    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }
  }

  /// Columns with a meaning of their own; none of them becomes a number feature. Each may be null.
  ///
  /// @param label tells anomalies from normal rows: 1 or true, and 0 or false
  /// @param normalLabel the label of normal rows when it is another word or number than 0: every
  ///   other label is an anomaly then
  /// @param normalRowsOnly whether only rows labelled normal are read; without a label it does
  ///   nothing
  /// @param weight how much a row counts in training: at least 0
  /// @param key names the entity that a row belongs to
  /// @param time when the row's event happened; a timestamp still gives its cyclic features
  public record Roles(
      String label,
      String normalLabel,
      boolean normalRowsOnly,
      String weight,
      String key,
      String time) {
    /// No column has a role.
    public static final Roles NONE = new Roles(null, null, false, null, null, null);

    /// A label, all rows read.
    public static Roles label(String label) {
      return new Roles(label, null, false, null, null, null);
    }

    /// The same roles, with other columns of keys and times.
    public Roles withKeyAndTime(String changedKey, String changedTime) {
      return new Roles(label, normalLabel, normalRowsOnly, weight, changedKey, changedTime);
    }

    /// The same roles, with only the normal rows read or all of them.
    public Roles withNormalRowsOnly(boolean changed) {
      return new Roles(label, normalLabel, changed, weight, key, time);
    }
  }

  /// What keys and times are read for.
  ///
  /// @param arrivals whether it matters which row of a key follows which, and when
  /// @param excluded times whose rows are left out; needs a time column
  /// @param rate whether it matters how many rows come a day
  public record Timing(boolean arrivals, List<TimeRange> excluded, boolean rate) {
    /// They are not read.
    public static final Timing NONE = new Timing(false, List.of());

    /// With no need to know how many rows come a day.
    public Timing(boolean arrivals, List<TimeRange> excluded) {
      this(arrivals, excluded, false);
    }

    public Timing {
      excluded = List.copyOf(excluded);
    }
  }

  /// How numbers are transformed and scaled before the network sees them.
  ///
  /// @param log10 columns whose decimal logarithm is taken; all their values must be above 0
  /// @param log1p columns of which `ln(1 + x)` is taken; all their values must be above -1
  /// @param scaling for the columns that no entry of `scalings` names
  /// @param scalings by column name or pattern; a name goes before a pattern
  /// @param ranges by column name or pattern: between which values min-max scaling goes, instead of
  ///   the smallest and the largest of the rows
  /// @param formatRanges whether columns whose range the format tells, such as pixels, are min-max
  ///   scaled by it where no entry of `scalings` names them
  public record Treatments(
      List<String> log10,
      List<String> log1p,
      Scaling scaling,
      Map<String, Scaling> scalings,
      Map<String, ValueRange> ranges,
      boolean formatRanges) {
    /// Min-max scaling for all, no transform.
    public static final Treatments MIN_MAX =
        new Treatments(List.of(), List.of(), Scaling.MIN_MAX, Map.of());

    public Treatments {
      log10 = List.copyOf(log10);
      log1p = List.copyOf(log1p);
      Objects.requireNonNull(scaling, "scaling");
      scalings = Map.copyOf(new TreeMap<>(scalings));
      ranges = Map.copyOf(new TreeMap<>(ranges));
    }

    /// Ranges as the formats tell them.
    public Treatments(
        List<String> log10, List<String> log1p, Scaling scaling, Map<String, Scaling> scalings) {
      this(log10, log1p, scaling, scalings, Map.of(), true);
    }
  }
}
