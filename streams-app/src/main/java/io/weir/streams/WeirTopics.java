package io.weir.streams;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.TopicCheck;
import io.weir.streams.ops.topics.NeededTopic;
import io.weir.streams.ops.topics.PlanText;
import io.weir.streams.ops.topics.Role;
import io.weir.streams.ops.topics.TopicClient;
import io.weir.streams.ops.topics.TopicPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topics of a configuration, looked at or created.
final class WeirTopics {
  private static final Logger LOG = LoggerFactory.getLogger(WeirTopics.class);

  private WeirTopics() {}

  /// Writes the plan to `out`, after having created what is missing if that is asked for.
  ///
  /// @return the exit code
  static int run(Settings settings, boolean create, boolean json, PrintWriter out) {
    settings.warnings().forEach(LOG::warn);
    List<String> notes = new ArrayList<>();
    boolean windows = windows(settings, notes);
    List<NeededTopic> kept =
        KeptStore.of(settings, windows).stream().map(store -> topic(store, settings)).toList();
    try {
      TopicPlan plan =
          TopicCheck.with(
              settings,
              admin -> {
                TopicClient client = new TopicClient(admin);
                TopicPlan found = TopicPlan.whole(settings, client, kept);
                return create ? found.create(client) : found;
              });
      out.print(json ? PlanText.json(plan, notes) : PlanText.text(plan, notes));
      out.flush();
      return plan.lacking().isEmpty() ? 0 : 1;
    } catch (StartRefusedException e) {
      LOG.error(e.getMessage());
      return 1;
    }
  }

  /// Only the model tells whether there are windows to keep. Topics may have to be created before
  /// there is one, so that one that cannot be read is a note and no refusal.
  private static boolean windows(Settings settings, List<String> notes) {
    try (Detector detector = Detector.open(settings.model())) {
      return detector.card().window() != null;
    } catch (DetectorRefusedException e) {
      notes.add(
          "Whether there is a topic for windows is not known without the model: " + e.getMessage());
      return false;
    }
  }

  private static NeededTopic topic(KeptStore store, Settings settings) {
    return switch (store) {
      case WINDOWS -> NeededTopic.kept(Role.WINDOWS, store.changelog(settings));
      case MUTE -> NeededTopic.kept(Role.MUTE, store.changelog(settings));
    };
  }
}
