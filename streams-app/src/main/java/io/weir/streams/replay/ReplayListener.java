package io.weir.streams.replay;

/// Hears how a replay goes. Called by several threads.
public interface ReplayListener {
  /// Something that whoever waits should know, as a sentence.
  void tell(String line);

  /// How far it is.
  ///
  /// @param offsets that were passed, those of earlier runs included
  /// @param of all
  /// @param events that this run read
  void at(long offsets, long of, long events);
}
