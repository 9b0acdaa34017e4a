package io.weir.streams.ops.http;

/// One of the things that must hold before a processor is ready.
///
/// @param met whether it holds
/// @param detail what holds, or what is missing
public record Condition(boolean met, String detail) {
  /// It holds.
  public static Condition met(String detail) {
    return new Condition(true, detail);
  }

  /// It does not hold.
  public static Condition unmet(String detail) {
    return new Condition(false, detail);
  }
}
