package io.weir.detector;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.weir.schemas.card.InvalidCardException;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCards;
import java.util.Optional;

/// Reads the card out of a session's metadata.
final class CardReader {
  private CardReader() {}

  /// @throws DetectorRefusedException when there is no card, it is broken, or its rules are newer
  ///   than [ModelCard#VERSION]
  static ModelCard read(OrtSession session, String origin) throws DetectorRefusedException {
    Optional<String> json;
    try {
      json = session.getMetadata().getCustomMetadataValue(ModelCard.METADATA_KEY);
    } catch (OrtException e) {
      throw new DetectorRefusedException(
          origin, "its metadata cannot be read", "Publish it again with `weir train`", e);
    }
    if (json.isEmpty()) {
      throw new DetectorRefusedException(
          origin,
          "it is an ONNX model without a model card (metadata key `%s`)"
              .formatted(ModelCard.METADATA_KEY),
          "Name a model published by `weir train`");
    }
    try {
      return ModelCards.fromJson(json.get());
    } catch (InvalidCardException e) {
      throw new DetectorRefusedException(origin, e);
    }
  }
}
