package io.weir.trainer.command;

import io.weir.trainer.config.Preset;
import io.weir.trainer.config.Recipe;
import io.weir.trainer.config.Schedule;
import io.weir.trainer.engine.network.NetworkSpec;
import java.util.List;

/// A preset as `weir presets` tells it, at one width.
///
/// @param ids short names
/// @param source what the model is called where it comes from
/// @param layers dense columns, the latent in parentheses
/// @param parameters all of them
/// @param trainable those that learn by gradients
/// @param takes what `--layers` means
record PresetFacts(
    String name,
    List<String> ids,
    String family,
    String source,
    String kind,
    int inputs,
    String layers,
    String takes,
    String activations,
    String initializer,
    long parameters,
    long trainable,
    String loss,
    double learningRate,
    double epsilon,
    int batch,
    int epochs,
    String scaling,
    String note) {
  /// Events of a window where windows are told about.
  private static final int EVENTS = 10;

  /// @param inputs as [#network] takes them
  static PresetFacts of(Preset preset, int inputs) {
    Recipe recipe = preset.recipe();
    NetworkSpec network = network(preset, inputs);
    Schedule schedule = recipe.schedule();
    return new PresetFacts(
        preset.label(),
        preset.ids(),
        preset.family().title(),
        preset.source(),
        Words.of(recipe.shape().kind()) + (recipe.supervised() ? " + classifier" : ""),
        network.inputs(),
        PresetText.layers(recipe, network),
        recipe.shape().layout().rule(),
        PresetText.activations(recipe),
        Words.of(recipe.shape().initializer()),
        network.parameters() + network.trackedParameters(),
        network.parameters(),
        PresetText.loss(recipe),
        schedule.adam().learningRate(),
        schedule.adam().epsilon(),
        schedule.batch(),
        schedule.epochs(),
        Words.of(recipe.scaling()),
        preset.note());
  }

  /// Where the steps are events of a window, for windows of [#EVENTS].
  ///
  /// @param inputs of the network, 0 for as many as it was published with; of an event where there
  ///   are windows
  static NetworkSpec network(Preset preset, int inputs) {
    int columns = inputs == 0 ? preset.family().inputs() : inputs;
    int events = preset.recipe().shape().windows() ? EVENTS : 1;
    return preset.recipe().network(columns * events, events);
  }

  /// For people, above the table of its layers.
  String text() {
    return """
    %s%s: %s
    From         %s%s
    Layers       %s
    --layers     %s
    Activations  %s; %s
    Loss         %s
    Training     adam, learning rate %s, epsilon %s, batch %d, %d epochs; scaling %s\
    """
        .formatted(
            name,
            ids.isEmpty() ? "" : " (" + String.join(", ", ids) + ")",
            note,
            family,
            source.isEmpty() ? "" : ": " + source,
            layers,
            takes,
            activations,
            initializer,
            loss,
            PresetText.number(learningRate),
            PresetText.number(epsilon),
            batch,
            epochs,
            scaling);
  }
}
