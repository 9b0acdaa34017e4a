package io.weir.trainer.publish;

import io.weir.schemas.card.ModelCard.DataSource;
import io.weir.schemas.card.ModelCard.History;
import io.weir.schemas.card.ModelCard.Parent;
import io.weir.trainer.fit.FitSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the card says that neither the detector nor its scores tell.
///
/// @param name the model's name
/// @param version the model's version, unique for the name
/// @param created when it was trained
/// @param preset the preset its network came from, or `custom`
/// @param settings of the training run
/// @param history what the training reached
/// @param data the rows it was trained on
/// @param parent the model whose training went on, if there is one
public record Provenance(
    String name,
    String version,
    Instant created,
    String preset,
    FitSettings settings,
    History history,
    List<DataSource> data,
    Optional<Parent> parent) {
  public Provenance {
    data = List.copyOf(data);
  }

  /// Of a training from random weights.
  public Provenance(
      String name,
      String version,
      Instant created,
      String preset,
      FitSettings settings,
      History history,
      List<DataSource> data) {
    this(name, version, created, preset, settings, history, data, Optional.empty());
  }
}
