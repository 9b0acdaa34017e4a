package io.weir.trainer.data.ask;

import io.weir.schemas.NearestNames;
import java.util.Collection;
import java.util.List;

/// The columns that somebody may have meant.
public final class ColumnHint {
  private static final int SHOWN = 3;

  private ColumnHint() {}

  /// A hint such as `Nearest: 'amount', 'amounts'`.
  public static String of(String wanted, Collection<String> columns) {
    List<String> nearest = NearestNames.ranked(wanted, columns).stream().limit(SHOWN).toList();
    return nearest.isEmpty()
        ? "There are no columns"
        : "Nearest: '" + String.join("', '", nearest) + "'";
  }
}
