package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import io.weir.schemas.json.SafeText;
import io.weir.streams.config.ClientSettings;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.tell.AlertDecoder;
import io.weir.streams.tell.AlertTable;
import io.weir.streams.tell.AlertTail;
import io.weir.streams.tell.TailRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The alerts topic, printed.
final class WeirAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(WeirAlerts.class);

  private final TailRequest request;
  private final AlertDecoder decoder;
  private final PrintStream out;
  private long told;
  private long unreadable;

  private WeirAlerts(TailRequest request, AlertDecoder decoder, PrintStream out) {
    this.request = request;
    this.decoder = decoder;
    this.out = out;
  }

  /// Prints until the end that was asked for, or until Ctrl-C, or until nobody reads any more.
  ///
  /// @param out receives a line per alert
  /// @return the exit code
  static int run(ClientSettings settings, TailRequest request, PrintStream out) {
    settings.warnings().forEach(LOG::warn);
    Settings.Registry registry = settings.registry();
    try (Consumer<byte[], byte[]> consumer = TopicClients.consumer(settings, Map.of());
        SchemaRegistryClient client = RegistryClients.open(registry.urls(), registry.client());
        SchemaLookup lookup = new SchemaLookup(client, registry.outageMax())) {
      Optional<String> missing =
          TopicClients.missing(consumer, settings.alertsTopic(), "weir.alerts.topic");
      if (missing.isPresent()) {
        LOG.error(missing.get());
        return 1;
      }
      AlertTail tail = new AlertTail(consumer, settings.alertsTopic(), request.range());
      Runnable endWaits = lookup::close;
      try (ProcessEnd end =
          new ProcessEnd(
              () -> {
                tail.stop();
                endWaits.run();
              },
              settings.shutdownTimeout())) {
        new WeirAlerts(request, new AlertDecoder(lookup), out).print(tail);
        end.code(0);
      }
      return 0;
    } catch (RegistryOutageException | IOException e) {
      LOG.error(e.getMessage());
      return 1;
    } catch (KafkaException e) {
      LOG.error(TopicClients.trouble(settings, e));
      return 1;
    }
  }

  private void print(AlertTail tail) {
    if (!request.json()) {
      out.print(AlertTable.header() + "\n");
    }
    // Also tells whether anybody still reads.
    boolean wanted = !out.checkError();
    while (wanted && told < request.range().limit() && !tail.isDone()) {
      for (ConsumerRecord<byte[], byte[]> record : tail.poll()) {
        if (told < request.range().limit()) {
          print(record);
        }
      }
      wanted = !out.checkError();
    }
    if (unreadable > 1) {
      LOG.warn("{} records of the topic are no alerts", unreadable);
    }
  }

  private void print(ConsumerRecord<byte[], byte[]> record) {
    switch (decoder.decode(record.value())) {
      case AlertDecoder.Decoded.Read(Alert alert) -> {
        if (request.filter().passes(alert)) {
          told++;
          out.print((request.json() ? EventJson.line(alert) : AlertTable.line(alert)) + "\n");
        }
      }
      case AlertDecoder.Decoded.Unreadable(String reason) -> {
        if (unreadable++ == 0) {
          LOG.warn(
              "The record at {}-{} offset {} is no alert: {}. Further ones are only counted.",
              record.topic(),
              record.partition(),
              record.offset(),
              SafeText.of(reason));
        }
      }
    }
  }
}
