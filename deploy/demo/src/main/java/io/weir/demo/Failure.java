package io.weir.demo;

import java.nio.file.NoSuchFileException;

/// Failures in words.
final class Failure {
  private Failure() {}

  /// What went wrong and why, in one or two lines; `WEIR_DEBUG` in the environment adds where.
  static String message(Throwable failure) {
    if (System.getenv("WEIR_DEBUG") != null) {
      failure.printStackTrace();
    }
    StringBuilder text = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String told = told(t);
      if (text.isEmpty()) {
        text.append(told);
      } else if (!text.toString().contains(told)) {
        text.append(": ").append(told);
      }
    }
    return text.toString();
  }

  private static String told(Throwable t) {
    if (t instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
  }
}
