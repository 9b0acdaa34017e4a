package io.weir.streams.tell.webhook;

import java.util.Locale;

/// What a webhook has done so far. For one thread.
final class Tally {
  private long posted;
  private long below;
  private long deadLetters;
  private long failed;

  void posted() {
    posted++;
  }

  void below() {
    below++;
  }

  void deadLetter() {
    deadLetters++;
  }

  void failed() {
    failed++;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d alerts posted, %,d below weir.webhook.min.severity, %,d dead letters, %,d failed"
            + " attempts",
        posted,
        below,
        deadLetters,
        failed);
  }
}
