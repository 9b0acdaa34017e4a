package io.weir.streams.redrive;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which dead letters are redriven.
///
/// @param topics those of these topics, all if empty
/// @param reasons those with these reasons, all if empty
/// @param since in each partition, those from the first on that is not older
/// @param limit at most so many
/// @param attemptsMax those that were redriven less often
/// @param fromOldest whether, of partitions that the brokers have no account of, those from the
///   oldest on are redriven; else such a partition is refused
public record Choice(
    Set<String> topics,
    Set<String> reasons,
    Optional<Instant> since,
    long limit,
    int attemptsMax,
    boolean fromOldest) {
  public Choice {
    topics = Set.copyOf(topics);
    reasons = Set.copyOf(reasons);
  }
}
