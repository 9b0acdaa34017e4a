package io.weir.streams.decode;

/// A record that can never be scored. Whoever throws this sends the record to the dead-letter
/// topic; the message stands in the dead letter's header, so it begins with the reason.
public final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final BadReason reason;

  /// @param explanation the value, the rule and the cure
  public BadRecordException(BadReason reason, String explanation) {
    // A stack trace says nothing about a record, and bad records may come at full speed.
    super(reason + ": " + explanation, null, false, false);
    this.reason = reason;
  }

  /// For counting.
  public BadReason reason() {
    return reason;
  }
}
