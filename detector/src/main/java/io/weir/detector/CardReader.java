package io.weir.detector;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.schemas.card.ModelCard;
import java.util.Optional;

/// Reads the card out of a session's metadata.
final class CardReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CURE = "Publish it again with `weir train`";

  private CardReader() {}

  /// @throws DetectorRefusedException when there is no card, it cannot be parsed, or its rules are
  ///   newer than [ModelCard#VERSION]
  static ModelCard read(OrtSession session, String origin) throws DetectorRefusedException {
    Optional<String> json;
    try {
      json = session.getMetadata().getCustomMetadataValue(ModelCard.METADATA_KEY);
    } catch (OrtException e) {
      throw new DetectorRefusedException(origin, "its metadata cannot be read", CURE, e);
    }
    if (json.isEmpty()) {
      throw new DetectorRefusedException(
          origin,
          "it is an ONNX model without a model card (metadata key `%s`)"
              .formatted(ModelCard.METADATA_KEY),
          "Only models published by Weir can be scored: " + CURE);
    }
    try {
      JsonNode tree = JSON.readTree(json.get());
      int version = tree.path("cardVersion").asInt(0);
      if (version < 1 || version > ModelCard.VERSION) {
        throw new DetectorRefusedException(
            origin,
            "its card version is %d, this Weir reads 1 to %d".formatted(version, ModelCard.VERSION),
            "Use the Weir that published it (%s) or a newer one"
                .formatted(tree.path("weirVersion").asText("unknown")));
      }
      return JSON.treeToValue(tree, ModelCard.class);
    } catch (JsonProcessingException e) {
      throw new DetectorRefusedException(
          origin, "its card is broken (%s)".formatted(e.getOriginalMessage()), CURE, e);
    }
  }
}
