package io.weir.streams.notify;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What Kafka refused first. Thread-safe.
///
/// The stream thread cannot always tell: within a transaction the producer fails at its next use,
/// with an exception that no longer knows the output.
public final class OutputRefusals {
  /// Under this key the handler finds the application's refusals.
  public static final String CONFIG = "weir.output.refusals";

  private final AtomicReference<String> first = new AtomicReference<>();

  void note(String text) {
    first.compareAndSet(null, text);
  }

  /// The value, the rule, the cure; empty while nothing was refused.
  public Optional<String> first() {
    return Optional.ofNullable(first.get());
  }

  @Override
  public String toString() {
    return first().orElse("no output refused");
  }
}
