package io.weir.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.streams.command.VerifyCommand;
import io.weir.streams.config.Settings;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.RegistryClients;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.TopicCheck;
import io.weir.streams.path.Detection;
import io.weir.streams.replay.EventFetch;
import io.weir.streams.verify.AlertsTopic;
import io.weir.streams.verify.ModelFiles;
import io.weir.streams.verify.Receipt;
import io.weir.streams.verify.Receipts;
import io.weir.streams.verify.Verdict;
import io.weir.streams.verify.VerdictText;
import io.weir.streams.verify.Verifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/// Verifies alerts and writes the verdicts.
final class WeirReceipts {
  /// Lines that are verified together: their events are read in the order of the partitions.
  private static final int BLOCK = 10_000;

  private static final long PROGRESS_NANOS = 5_000_000_000L;

  private final VerifyCommand.Request request;
  private final Verifier verifier;
  private final PrintWriter out;
  private final PrintWriter err;
  private long verified;
  private long differing;
  private long impossible;
  private long told = System.nanoTime();

  private WeirReceipts(
      VerifyCommand.Request request, Verifier verifier, PrintWriter out, PrintWriter err) {
    this.request = request;
    this.verifier = verifier;
    this.out = out;
    this.err = err;
  }

  /// Verifies.
  ///
  /// @return the exit code
  static int run(
      Settings settings, VerifyCommand.Request request, PrintWriter out, PrintWriter err) {
    try (ModelFiles models =
            ModelFiles.read(
                request.models(), request.folders(), settings.model(), settings.provider());
        SchemaRegistryClient registry =
            RegistryClients.open(settings.registry().urls(), settings.registry().client())) {
      TopicCheck.with(settings, _ -> null);
      SchemaLookup lookup = new SchemaLookup(registry, settings.startTimeout());
      Schema readerSchema = Detection.readerSchema(settings);
      try (Verifier verifier =
          new Verifier(
              models,
              committed -> EventFetch.open(settings, committed),
              card -> new EventDecoder(lookup, readerSchema, card.features()),
              request.scanMax())) {
        return new WeirReceipts(request, verifier, out, err).verifyAll(settings, lookup);
      }
    } catch (StartRefusedException | RegistryOutageException e) {
      err.println(e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      err.println(e.getMessage());
    } catch (KafkaException e) {
      err.println(
          "bootstrap.servers = %s: %s".formatted(settings.bootstrapServers(), e.getMessage()));
    } finally {
      out.flush();
      err.flush();
    }
    return 1;
  }

  private int verifyAll(Settings settings, SchemaLookup lookup) throws IOException {
    if (request.alerts().isEmpty()) {
      ofTopic(settings, lookup);
    } else {
      for (String source : request.alerts()) {
        ofLines(source);
      }
    }
    long alerts = verified + differing + impossible;
    String summary =
        alerts == 0
            ? "No alert was verified: there is none"
            : "%,d alerts: %,d verified, %,d differ, %,d cannot be verified"
                .formatted(alerts, verified, differing, impossible);
    (request.json() ? err : out).println(summary);
    return alerts > 0 && verified == alerts ? 0 : 1;
  }

  private void ofTopic(Settings settings, SchemaLookup lookup) {
    try (EventFetch fetch = EventFetch.open(settings, true)) {
      AlertsTopic topic = new AlertsTopic(fetch, lookup, settings.alertsTopic());
      Set<String> lacking =
          topic.read(
              new AlertsTopic.Choice(
                  new HashSet<>(request.ids()), request.since(), request.limit()),
              this::block);
      lacking.forEach(
          id -> {
            impossible++;
            err.println("There is no alert with the id " + id + " in " + settings.alertsTopic());
          });
      if (topic.others() > 0) {
        err.printf("%,d records of %s are no alerts%n", topic.others(), settings.alertsTopic());
      }
    }
  }

  private void ofLines(String source) throws IOException {
    List<Receipt> block = new ArrayList<>();
    try (BufferedReader lines = open(source)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          block.add(Receipts.json(line));
        } catch (Receipts.NoReceiptException e) {
          impossible++;
          err.printf(
              "%s line %d: %s%n",
              source.equals("-") ? "stdin" : isAlert(source) ? "ALERT" : source,
              number,
              e.getMessage());
        }
        if (block.size() == BLOCK) {
          block(block);
          block.clear();
        }
      }
    }
    block(block);
  }

  private static BufferedReader open(String source) throws IOException {
    if (isAlert(source)) {
      return new BufferedReader(new StringReader(source));
    }
    if (source.equals("-")) {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    try {
      return Files.newBufferedReader(Path.of(source), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException(
          "The file %s with alerts cannot be read (%s): check its path"
              .formatted(source, e.getClass().getSimpleName().replace("Exception", "")),
          e);
    }
  }

  private static boolean isAlert(String source) {
    return source.stripLeading().startsWith("{");
  }

  private void block(List<Receipt> receipts) {
    List<Verdict> verdicts = verifier.verify(receipts);
    for (int i = 0; i < receipts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      switch (verdict) {
        case Verdict.Verified _ -> verified++;
        case Verdict.Differs _ -> differing++;
        case Verdict.Cannot _ -> impossible++;
      }
      out.println(
          request.json()
              ? VerdictText.json(receipts.get(i), verdict)
              : VerdictText.text(receipts.get(i), verdict));
    }
    out.flush();
    if (System.nanoTime() - told > PROGRESS_NANOS) {
      told = System.nanoTime();
      err.printf("%,d alerts so far%n", verified + differing + impossible);
      err.flush();
    }
  }
}
