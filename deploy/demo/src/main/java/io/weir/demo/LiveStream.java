package io.weir.demo;

import io.weir.demo.source.EventSource;
import io.weir.demo.source.StreamEvent;
import io.weir.demo.stream.AlertReader;
import io.weir.demo.stream.AlertReader.ReceivedAlert;
import io.weir.demo.stream.ChildApplication;
import io.weir.demo.stream.EventProducer;
import io.weir.demo.stream.Progress;
import io.weir.demo.stream.SentEvents;
import io.weir.demo.tell.AlertLine;
import io.weir.demo.tell.Summary;
import io.weir.demo.tell.Tally;
import io.weir.demo.tell.Terminal;
import io.weir.schemas.card.Calibration;
import io.weir.schemas.card.ModelCard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The live part: events go out on a thread of their own, alerts come in on the caller's.
final class LiveStream {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long DRAIN_NANOS = 60_000_000_000L;

  private final EventSource source;
  private final DemoSettings settings;
  private final ChildApplication child;
  private final StopSignal stop;
  private final Terminal terminal;
  private final AlertLine line;
  private final SentEvents sent = new SentEvents();
  private final Tally tally = new Tally();
  private final List<Double> latencyMillis = new ArrayList<>();
  private double firstAlert = Double.NaN;
  private boolean shown = true;

  LiveStream(
      EventSource source,
      DemoSettings settings,
      ModelCard card,
      ChildApplication child,
      StopSignal stop,
      Terminal terminal) {
    this.source = source;
    this.settings = settings;
    this.child = child;
    this.stop = stop;
    this.terminal = terminal;
    this.line = new AlertLine(terminal, Calibration.of(card.scores()).rarest());
  }

  /// Streams until the events end or somebody wants to stop; then until all of them are scored.
  ///
  /// @throws IOException if the source or the stream processor fails
  Summary run(Platform platform, String topic) throws IOException {
    try (EventProducer producer =
            new EventProducer(platform.bootstrap(), platform.registry(), topic);
        AlertReader alerts =
            new AlertReader(platform.bootstrap(), platform.registry(), Platform.ALERTS);
        Progress progress = new Progress(platform.bootstrap(), Platform.GROUP)) {
      double rate = stream(settings.events(), settings.rate(), producer, alerts, progress);
      double fullSpeed = Double.NaN;
      if (settings.burst() > 0 && !stop.requested()) {
        terminal.say("now %,d more at full speed, their alerts not shown", settings.burst());
        shown = false;
        fullSpeed = stream(settings.burst(), 0, producer, alerts, progress);
      }
      return new Summary(tally, rate, fullSpeed, firstAlert, latencyMillis);
    }
  }

  /// Sends some events and shows alerts until all of them are scored.
  ///
  /// @return events per second, from the first one sent to the last one scored
  private double stream(
      long events, double rate, EventProducer producer, AlertReader alerts, Progress progress)
      throws IOException {
    long before = tally.events();
    long start = System.nanoTime();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> send(events, rate, producer), Thread::startVirtualThread);
    while (!sending.isDone()) {
      requireAlive();
      show(alerts.poll(POLL));
    }
    finished(sending);
    drain(alerts, progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    while (!alerts.atEnd()) {
      show(alerts.poll(POLL));
    }
    return (tally.events() - before) / seconds;
  }

  private void send(long events, double rate, EventProducer producer) {
    try {
      producer.pace(rate);
      for (long i = 0; i < events && !stop.requested(); i++) {
        StreamEvent event = source.next();
        if (event == null) {
          break;
        }
        sent.add(event);
        producer.send(event);
        tally.event(event.truth());
      }
      producer.flush();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void finished(CompletableFuture<Void> sending) throws IOException {
    try {
      sending.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /// Reads on until every event is scored. Somebody who wants to stop does not wait for a processor
  /// that Ctrl-C has already ended.
  private void drain(AlertReader alerts, Progress progress) throws IOException {
    long committed = progress.committed();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    while (committed < tally.events() && (child.alive() || !stop.requested())) {
      requireAlive();
      show(alerts.poll(POLL));
      long now = progress.committed();
      if (now > committed) {
        committed = now;
        deadline = System.nanoTime() + DRAIN_NANOS;
      } else if (System.nanoTime() > deadline) {
        throw new IOException(
            "The stream processor has scored %,d of %,d events and none in the last minute; its log: %s"
                .formatted(committed, tally.events(), child.log()));
      }
    }
  }

  private void requireAlive() throws IOException {
    if (!stop.requested()) {
      child.requireAlive();
    }
  }

  private void show(List<ReceivedAlert> received) {
    for (ReceivedAlert alert : received) {
      SentEvents.Sent about = sent.get(alert.event());
      if (about == null) {
        throw new IllegalStateException(
            "An alert about event %d, which was not sent".formatted(alert.event()));
      }
      if (tally.alerts() == 0) {
        firstAlert = terminal.seconds();
      }
      tally.alert(about.event().truth());
      if (shown) {
        latencyMillis.add((System.nanoTime() - about.nanos()) / 1e6);
        terminal.say("%s", line.of(alert.alert(), about.event()));
      }
    }
  }
}
