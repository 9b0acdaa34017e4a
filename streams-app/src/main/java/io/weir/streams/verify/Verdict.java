package io.weir.streams.verify;

import java.util.List;

/// What came of computing an alert's score again.
public sealed interface Verdict {
  /// It is the same.
  ///
  /// @param note what restricts that, empty if nothing does: every bit is the same
  record Verified(String note) implements Verdict {}

  /// Something differs.
  ///
  /// @param what each thing, with both values
  record Differs(List<String> what) implements Verdict {
    public Differs {
      what = List.copyOf(what);
    }
  }

  /// It cannot be computed.
  ///
  /// @param why what is missing, and where it was looked for
  record Cannot(String why) implements Verdict {}

  /// `VERIFIED`, `DIFFERS` or `CANNOT`.
  default String name() {
    return switch (this) {
      case Verified _ -> "VERIFIED";
      case Differs _ -> "DIFFERS";
      case Cannot _ -> "CANNOT";
    };
  }

  /// The reasons, one each; none if every bit is the same.
  default List<String> reasons() {
    return switch (this) {
      case Verified(String note) -> note.isEmpty() ? List.of() : List.of(note);
      case Differs(List<String> what) -> what;
      case Cannot(String why) -> List.of(why);
    };
  }
}
