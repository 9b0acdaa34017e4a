package io.weir.local;

/// How a request names a version of a subject.
sealed interface VersionNumber {

  /// The newest one.
  record Latest() implements VersionNumber {}

  /// The one of this number, from 1.
  record Exactly(int number) implements VersionNumber {}

  /// Reads `latest`, its other name `-1`, or a number.
  ///
  /// @throws RegistryException if it is neither
  static VersionNumber of(String text) {
    if (text.equals("latest") || text.equals("-1")) {
      return new Latest();
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return new Exactly(number);
      }
    } catch (NumberFormatException e) {
      // Falls through: the answer is the same as for a number below 1.
    }
    throw RegistryException.invalidVersion(text);
  }
}
