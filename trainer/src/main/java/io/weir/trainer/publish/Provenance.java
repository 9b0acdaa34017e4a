package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.History;
import java.time.Instant;
import java.util.List;

/// What the card says that neither the detector nor its scores tell.
///
/// @param name the model's name
/// @param version the model's version, unique for the name
/// @param created when it was trained
/// @param preset the preset its network came from, or `custom`
/// @param settings of the training run
/// @param history what the training reached
/// @param data the rows it was trained on
public record Provenance(
    String name,
    String version,
    Instant created,
    String preset,
    Settings settings,
    History history,
    List<DataSource> data) {
  public Provenance {
    data = List.copyOf(data);
  }

  /// The settings that the objective does not hold.
  ///
  /// @param optimizer such as `adam`
  /// @param validation fraction of the rows held back
  public record Settings(
      String optimizer, double learningRate, int batch, int epochs, double validation, long seed) {}
}
