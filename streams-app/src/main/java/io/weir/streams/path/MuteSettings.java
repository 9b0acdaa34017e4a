package io.weir.streams.path;

import io.weir.schemas.card.ModelCard;
import io.weir.streams.config.Settings;
import io.weir.streams.mute.IgnoreRule;
import io.weir.streams.mute.IgnoreRules;
import io.weir.streams.mute.InvalidRuleException;
import io.weir.streams.mute.MuteRules;
import io.weir.streams.ops.StartRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules of what makes no alert, from the settings and the model's features.
final class MuteSettings {
  private static final Logger LOG = LoggerFactory.getLogger(MuteSettings.class);

  private MuteSettings() {}

  /// @throws StartRefusedException naming every ignore rule that the model cannot follow
  static MuteRules rules(Settings.Mute settings, ModelCard card) throws StartRefusedException {
    IgnoreRules grammar = new IgnoreRules(card.features());
    List<IgnoreRule> rules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> rule : settings.ignore().entrySet()) {
      try {
        rules.add(grammar.parse(rule.getKey(), rule.getValue()));
      } catch (InvalidRuleException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new StartRefusedException(String.join("\n  ", problems));
    }
    log(settings);
    return new MuteRules(
        rules,
        settings.cooldownMillis(),
        settings.incidentGapMillis(),
        settings.incidentUpdateMillis());
  }

  private static void log(Settings.Mute settings) {
    if (settings.incidentGapMillis() > 0) {
      LOG.info(
          "Anomalous events of a key at most {} ms apart are one incident",
          settings.incidentGapMillis());
    }
    if (settings.cooldownMillis() > 0) {
      LOG.info(
          "After an alert of a key there is none for {} ms of event time",
          settings.cooldownMillis());
    }
  }
}
