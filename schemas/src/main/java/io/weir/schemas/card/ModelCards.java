package io.weir.schemas.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/// Model cards as JSON: compact, fields in the order of the records, fields that are null left out.
/// Floats come back bit for bit.
public final class ModelCards {
  private static final String CURE = " Publish the model again with `weir train`.";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelCards() {}

  /// What is read of a card before its rules are known.
  private record Version(int cardVersion, String weirVersion) {}

  /// Writes a card.
  ///
  /// @throws IllegalArgumentException if the card contradicts itself (see [CardRules])
  public static String toJson(ModelCard card) {
    List<String> problems = CardRules.problems(card);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(contradictions(problems));
    }
    try {
      return JSON.writeValueAsString(card);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always writable", e);
    }
  }

  /// Reads a card. Fields it does not know are ignored.
  ///
  /// @throws InvalidCardException if this is no card, a card of a newer version, or one that
  ///   contradicts itself
  public static ModelCard fromJson(String json) throws InvalidCardException {
    Version version = read(json, Version.class);
    if (version.cardVersion() < 1 || version.cardVersion() > ModelCard.VERSION) {
      throw new InvalidCardException(
          "The model card has version %d, this Weir reads 1 to %d. Use the Weir that published it (%s) or a newer one."
              .formatted(version.cardVersion(), ModelCard.VERSION, version.weirVersion()));
    }
    ModelCard card = read(json, ModelCard.class);
    List<String> problems = CardRules.problems(card);
    if (!problems.isEmpty()) {
      throw new InvalidCardException(contradictions(problems) + CURE);
    }
    return card;
  }

  private static <T> T read(String json, Class<T> type) throws InvalidCardException {
    T value;
    try {
      // Not by way of a tree: it holds doubles, and a float rounded twice may be another float.
      value = JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InvalidCardException(
          "The model card is broken: " + e.getOriginalMessage() + where(e) + "." + CURE, e);
    }
    if (value == null) {
      throw new InvalidCardException("The model card is empty (JSON null)." + CURE);
    }
    return value;
  }

  private static String where(JsonProcessingException e) {
    StringBuilder where = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        where.append(
            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
      }
    }
    if (!where.isEmpty()) {
      return " (at " + where.substring(where.charAt(0) == '.' ? 1 : 0) + ")";
    }
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String contradictions(List<String> problems) {
    return "The model card contradicts itself:\n  - " + String.join("\n  - ", problems) + "\n";
  }
}
