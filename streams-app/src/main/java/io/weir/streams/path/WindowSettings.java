package io.weir.streams.path;

import io.weir.schemas.card.ModelCard;
import io.weir.streams.config.Settings;
import io.weir.streams.gather.WindowRules;
import io.weir.streams.ops.StartRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules of windows, from the model card and the settings.
final class WindowSettings {
  private static final Logger LOG = LoggerFactory.getLogger(WindowSettings.class);

  /// Without another setting, keys are kept for so many maximal gaps: events that come late may
  /// still find their window.
  private static final int GAPS_KEPT = 2;

  /// Changes when the meaning of a stored event changes.
  private static final int FORMAT = 1;

  private WindowSettings() {}

  /// The rules of a model's windows, empty if it looks at single events.
  ///
  /// @throws StartRefusedException if settings and model do not fit
  static Optional<WindowRules> rules(Settings settings, ModelCard card)
      throws StartRefusedException {
    Settings.Windows given = settings.windows();
    ModelCard.Window window = card.window();
    if (window == null) {
      if (given.isGiven()) {
        LOG.warn(
            "Settings of weir.window are given, but model {} looks at single events", card.name());
      }
      return Optional.empty();
    }
    if (window.steps() > WindowRules.MAX_STEPS) {
      throw new StartRefusedException(
          "Model %s looks at %d events at once, windows have at most %d"
              .formatted(card.name(), window.steps(), WindowRules.MAX_STEPS));
    }
    long idle = given.idleExpiryMillis().orElse(WindowRules.NEVER);
    OptionalLong cardGap =
        window.maxGapMillis() == null
            ? OptionalLong.empty()
            : OptionalLong.of(window.maxGapMillis());
    OptionalLong gap = given.maxGapMillis().isPresent() ? given.maxGapMillis() : cardGap;
    if (gap.isEmpty() && window.maxGap() != null) {
      throw new StartRefusedException(
          "Model %s was trained with windows that start anew after a gap of %s in the unit of its column '%s', which no record tells: set weir.window.max.gap.ms to the same in milliseconds"
              .formatted(card.name(), window.maxGap(), window.time()));
    }
    if (gap.isPresent() && given.idleExpiryMillis().isEmpty()) {
      idle =
          gap.getAsLong() > WindowRules.NEVER / GAPS_KEPT
              ? WindowRules.NEVER
              : GAPS_KEPT * gap.getAsLong();
    }
    // Without a gap, forgetting a key is one: a score must not depend on when it was forgotten.
    long maxGap = gap.orElse(idle);
    if (idle < maxGap) {
      throw new StartRefusedException(
          "weir.window.idle.expiry.ms = %d is below the maximal gap of %d ms (%s): windows would be forgotten that may still go on"
              .formatted(
                  idle,
                  maxGap,
                  given.maxGapMillis().isPresent()
                      ? "weir.window.max.gap.ms"
                      : "from the model card"));
    }
    WindowRules rules =
        new WindowRules(
            window.steps(),
            card.features().size(),
            layout(card),
            maxGap,
            window.padded(),
            idle,
            keyless(given, window));
    log(rules);
    return Optional.of(rules);
  }

  private static WindowRules.Keyless keyless(Settings.Windows given, ModelCard.Window window) {
    if (window.key() == null) {
      // In training, too, all rows were one entity's.
      return WindowRules.Keyless.ONE_WINDOW;
    }
    return switch (given.nullKey()) {
      case DEAD_LETTER -> WindowRules.Keyless.DEAD_LETTER;
      case REFUSE -> WindowRules.Keyless.REFUSE;
    };
  }

  private static int layout(ModelCard card) {
    CRC32 crc = new CRC32();
    crc.update(
        (FORMAT + "|" + card.steps() + "|" + card.features()).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private static void log(WindowRules rules) {
    LOG.info(
        "Windows of {} events per key; {}; {}; {}",
        rules.steps(),
        rules.padded()
            ? "missing events are missing values"
            : "the first " + (rules.steps() - 1) + " events of a window warm up, without a score",
        rules.maxGapMillis() == WindowRules.NEVER
            ? "no gap ends a window"
            : "a gap of more than " + rules.maxGapMillis() + " ms starts a window anew",
        rules.idleMillis() == WindowRules.NEVER
            ? "keys are kept for ever: weir.window.idle.expiry.ms would limit memory and changelog"
            : "keys idle for more than " + rules.idleMillis() + " ms are forgotten");
  }
}
