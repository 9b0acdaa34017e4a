package io.weir.streams.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/// A verdict as a line, for people and for programs.
public final class VerdictText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerdictText() {}

  /// A line of text, without its end.
  public static String text(Receipt receipt, Verdict verdict) {
    String reasons = String.join("; ", verdict.reasons());
    return "%-8s  %s  score %s%s"
        .formatted(
            verdict.name(),
            receipt.event(),
            receipt.score(),
            reasons.isEmpty() ? "" : "  " + plain(reasons));
  }

  /// A JSON object in one line, without its end.
  public static String json(Receipt receipt, Verdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verdict", verdict.name());
    fields.put("id", receipt.id());
    fields.put("topic", receipt.topic());
    fields.put("partition", receipt.partition());
    fields.put("offset", receipt.offset());
    fields.put("model_sha256", receipt.modelSha256());
    fields.put("reasons", verdict.reasons());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers have a form in JSON", e);
    }
  }

  /// Keys come from outside: nothing of them must be obeyed by a terminal.
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
