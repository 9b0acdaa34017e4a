package io.weir.streams.ops.http;

/// What a path answers.
///
/// @param status of HTTP
/// @param contentType of the body
/// @param body as text, sent in UTF-8
public record Answer(int status, String contentType, String body) {
  /// 200.
  static final int OK = 200;

  /// 503: not now, perhaps later.
  static final int UNAVAILABLE = 503;

  /// Plain text.
  public static Answer text(String body) {
    return new Answer(OK, "text/plain; charset=utf-8", body);
  }

  /// Plain text that says why there is nothing to show yet.
  public static Answer notYet(String reason) {
    return new Answer(UNAVAILABLE, "text/plain; charset=utf-8", reason);
  }
}
