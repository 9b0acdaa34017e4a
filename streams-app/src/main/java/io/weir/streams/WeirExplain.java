package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.detector.Detector;
import io.weir.detector.shap.EventExplainer;
import io.weir.detector.shap.ExplanationPrinter;
import io.weir.detector.shap.UnexplainableException;
import io.weir.streams.command.ExplainCommand.Request;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.path.Detection;
import io.weir.streams.replay.EventFetch;
import io.weir.streams.replay.EventReference;
import io.weir.streams.replay.EventRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Explains events that the brokers still hold.
final class WeirExplain {
  private static final Logger LOG = LoggerFactory.getLogger(WeirExplain.class);

  /// How far apart two processors may compute the same score.
  private static final double SAME_SCORE = 1e-5;

  private final Detection detection;
  private final EventRows rows;
  private final ExplanationPrinter printer;
  private final PrintWriter out;
  private final PrintWriter err;

  private WeirExplain(
      Detection detection,
      EventRows rows,
      ExplanationPrinter printer,
      PrintWriter out,
      PrintWriter err) {
    this.detection = detection;
    this.rows = rows;
    this.printer = printer;
    this.out = out;
    this.err = err;
  }

  /// Explains them, one after the other.
  ///
  /// @return the exit code
  static int run(Settings settings, Request request, PrintWriter out, PrintWriter err) {
    settings.warnings().forEach(LOG::warn);
    List<EventReference> events = new ArrayList<>();
    try {
      request.events().forEach(text -> events.add(EventReference.of(text)));
      request.alerts().forEach(json -> events.add(EventReference.ofAlert(json)));
    } catch (IllegalArgumentException e) {
      err.println("weir: " + e.getMessage());
      return 2;
    }
    try (SchemaRegistryClient registry =
            RegistryClients.open(settings.registry().urls(), settings.registry().client());
        SchemaLookup lookup = new SchemaLookup(registry, settings.registry().outageMax());
        Detection detection = Detection.open(settings, lookup);
        EventExplainer explainer = EventExplainer.of(detection.detector());
        EventFetch fetch = EventFetch.open(settings, detection.windows().isPresent())) {
      Detector detector = detection.detector();
      EventRows rows =
          new EventRows(
              fetch,
              new EventDecoder(
                  lookup, Detection.readerSchema(settings), detector.card().features()),
              detector.card().features().size(),
              detection.windows());
      ExplanationPrinter printer =
          new ExplanationPrinter(
              detector, explainer, request.method(), request.json(), request.features());
      return new WeirExplain(detection, rows, printer, out, err).explain(events);
    } catch (KafkaException e) {
      return failed(
          "the brokers at %s do not give it: %s"
              .formatted(settings.bootstrapServers(), e.getMessage()),
          e,
          err);
    } catch (StartRefusedException
        | UnexplainableException
        | RegistryOutageException
        | IOException e) {
      return failed(e.getMessage(), e, err);
    }
  }

  private static int failed(String reason, Exception e, PrintWriter err) {
    err.println("weir: " + reason);
    if (System.getenv("WEIR_DEBUG") != null) {
      LOG.error("Where it was found", e);
    }
    return 1;
  }

  private int explain(List<EventReference> events) {
    int explained = 0;
    for (EventReference event : events) {
      Optional<String> refusal = otherModel(event).or(() -> explain(event));
      refusal.ifPresent(why -> err.println("weir: " + event + ": " + why));
      explained += refusal.isEmpty() ? 1 : 0;
    }
    out.flush();
    return explained == events.size() ? 0 : 1;
  }

  private Optional<String> otherModel(EventReference event) {
    Detector detector = detection.detector();
    return event
        .modelSha256()
        .filter(sha256 -> !sha256.equals(detector.sha256()))
        .map(
            sha256 ->
                "its alert is of the model with the SHA-256 %s, and %s has %s: name that model with --model"
                    .formatted(sha256, detector.origin(), detector.sha256()));
  }

  /// @return why it cannot be explained, empty if it was
  private Optional<String> explain(EventReference event) {
    return switch (rows.of(event)) {
      case EventRows.Made.Nothing(String why) -> Optional.of(why);
      case EventRows.Made.Row row -> {
        try {
          print(event, row);
          yield Optional.empty();
        } catch (UnexplainableException e) {
          yield Optional.of(e.getMessage());
        }
      }
    };
  }

  private void print(EventReference event, EventRows.Made.Row row) {
    Map<String, Object> coordinates = new LinkedHashMap<>();
    coordinates.put("topic", event.partition().topic());
    coordinates.put("partition", event.partition().partition());
    coordinates.put("offset", event.offset());
    coordinates.put("event_time", row.event().timestamp());
    coordinates.put("window_events", row.windowEvents());
    out.println(printer.print(event.toString(), coordinates, row.values()));
    if (!printer.json()) {
      out.println();
    }
    out.flush();
    event.score().ifPresent(alerted -> compare(event, alerted, row));
  }

  /// An alert that another window or another model's bits made is explained, but not in silence.
  private void compare(EventReference event, float alerted, EventRows.Made.Row row) {
    float now = printer.explainer().plainScore(row.values());
    if (Math.abs(now - alerted) > SAME_SCORE * Math.max(Math.abs(now), Math.abs(alerted))) {
      err.printf(
          "weir: %s: its alert has the score %s, and it is %s here: the settings differ from those"
              + " of the processor (weir.input.reader.schema, weir.window), or the event was"
              + " written anew%n",
          event, alerted, now);
    }
  }
}
