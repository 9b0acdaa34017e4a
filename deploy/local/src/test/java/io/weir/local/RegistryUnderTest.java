package io.weir.local;

import java.util.Set;

/// A registry that the contract is run against.
interface RegistryUnderTest {

  /// Ways in which a registry answers otherwise than Confluent's. The contract checks the other
  /// answer then.
  enum Deviation {
    /// A subject without a level of its own answers with level NONE, although the global level
    /// holds for it.
    SHOWS_NONE_FOR_A_SUBJECT_WITHOUT_ITS_OWN_LEVEL,
    /// A subject whose own level was deleted allows everything, whatever the global level is.
    ALLOWS_EVERYTHING_ONCE_A_LEVEL_WAS_DELETED,
    /// A verbose check says no without a reason.
    GIVES_NO_REASON_WHEN_INCOMPATIBLE,
    /// A version that is no number answers like one that is not there: 40402 instead of 42202.
    TAKES_AN_INVALID_VERSION_FOR_AN_UNKNOWN_ONE,
    /// Deleting permanently what is not deleted, or twice what is a version, is a conflict: HTTP
    /// 409 instead of 404, the same code.
    CALLS_A_DELETION_OUT_OF_ORDER_A_CONFLICT,
    /// Looking up a schema in a deleted subject answers 40403 instead of 40401.
    STILL_KNOWS_A_DELETED_SUBJECT_IN_A_LOOKUP,
    /// The versions of a deleted subject are listed with `deleted=true`, but none can be fetched:
    /// 40401.
    FETCHES_NO_VERSION_OF_A_DELETED_SUBJECT
  }

  /// Its address, without a slash at the end.
  String url();

  /// Where it deviates.
  default Set<Deviation> deviations() {
    return Set.of();
  }

  default boolean deviates(Deviation deviation) {
    return deviations().contains(deviation);
  }
}
