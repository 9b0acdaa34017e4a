package io.weir.streams.replay.pass;

import io.weir.schemas.features.FeatureSpec;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.ops.StartRefusedException;
import io.weir.streams.ops.TopicCheck;
import io.weir.streams.path.Detection;
import io.weir.streams.replay.LabelSource;
import io.weir.streams.replay.ReplayFailedException;
import io.weir.streams.replay.ReplayListener;
import io.weir.streams.replay.ReplayOptions;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.ReplayResults;
import io.weir.streams.replay.WarmUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/// A replay: freezes the range, takes every partition to its end, sums up.
public final class Replay {
  private final ReplayOptions options;
  private final SchemaLookup lookup;
  private final OptionalInt alertSchemaId;
  private final ReplayListener listener;
  private final BooleanSupplier stop;

  /// @param lookup fetches the schemas of the events; the caller closes it
  /// @param alertSchemaId what the registry calls the schema of alerts, if they go to a topic
  /// @param stop whether to end before the end, with a checkpoint
  public Replay(
      ReplayOptions options,
      SchemaLookup lookup,
      OptionalInt alertSchemaId,
      ReplayListener listener,
      BooleanSupplier stop) {
    this.options = options;
    this.lookup = lookup;
    this.alertSchemaId = alertSchemaId;
    this.listener = listener;
    this.stop = stop;
  }

  /// What came of it.
  ///
  /// @param folder of the replay
  /// @param result empty if it was stopped
  /// @param events that this run read
  /// @param seconds that reading them took
  public record Outcome(Path folder, Optional<ReplayResult> result, long events, double seconds) {}

  /// Runs until the end, or until it is told to stop.
  ///
  /// @throws StartRefusedException if it cannot begin
  /// @throws ReplayFailedException if it cannot go on; it can be resumed then
  public Outcome run() throws StartRefusedException, ReplayFailedException {
    try (ReplayFolder folder = ReplayFolder.open(options)) {
      if (folder.begun().isPresent() && folder.begun().get().complete()) {
        listener.tell("The replay in %s is complete".formatted(folder.out()));
        return new Outcome(folder.out(), Optional.of(ReplayResults.read(folder.out())), 0, 0);
      }
      try (Models models = Models.open(options, lookup)) {
        return TopicCheck.with(options.first(), admin -> withAdmin(folder, models, admin));
      }
    } catch (IOException e) {
      throw new ReplayFailedException("The replay's folder: " + e, e);
    }
  }

  private Outcome withAdmin(ReplayFolder folder, Models models, Admin admin)
      throws StartRefusedException {
    try {
      return run(folder, models, admin);
    } catch (ReplayFailedException e) {
      throw new StartRefusedException(e.getMessage(), e);
    } catch (IOException e) {
      throw new StartRefusedException("The replay's folder: " + e, e);
    }
  }

  private Outcome run(ReplayFolder folder, Models models, Admin admin)
      throws IOException, ReplayFailedException {
    Clients clients = new Clients(options.first(), models.remember(), "weir-replay-" + folder.id());
    Plan plan = plan(folder, models, admin, clients);
    AlertTopics topics =
        options.alertsTopic().isEmpty()
            ? null
            : new AlertTopics(options, folder.id(), admin, clients, alertSchemaId.orElseThrow());
    if (topics != null) {
      topics.check(folder.begun().isEmpty());
    }
    if (folder.begun().isEmpty()) {
      plan.write(folder.state());
    }
    Pass pass =
        new Pass(
            plan,
            folder.state(),
            models.detections(),
            labels(models, plan),
            topics == null ? null : topics::of,
            new Pace(options.maxRate()),
            stop,
            listener,
            new LongAdder(),
            new LongAdder());
    long start = System.nanoTime();
    boolean ended = new Workers(pass, clients, options.threads()).run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Outcome(
        folder.out(),
        ended
            ? Optional.of(new Summing(pass, options, models).write(folder, clients.isolation()))
            : Optional.empty(),
        pass.events().sum(),
        seconds);
  }

  private Plan plan(ReplayFolder folder, Models models, Admin admin, Clients clients)
      throws ReplayFailedException {
    FrozenRange frozen = new FrozenRange(admin, clients.isolation());
    Map<String, TopicDescription> topics = frozen.topics(options.first().input());
    Map<String, String> facts = ReplayFacts.of(options, models, topics, clients.isolation());
    if (folder.begun().isPresent()) {
      folder.begun().get().requireSame(facts);
      return folder.begun().get();
    }
    WarmUp warmUp =
        options.warmUp().orElse(models.remember() ? new WarmUp.Whole() : new WarmUp.None());
    List<PartitionRange> ranges = frozen.ranges(topics, options.from(), options.to(), warmUp);
    return new Plan(folder.id(), warmUp.toString(), facts, ranges, false);
  }

  private Supplier<Labels> labels(Models models, Plan plan) throws ReplayFailedException {
    if (options.labels().isEmpty()) {
      return null;
    }
    return switch (options.labels().get()) {
      case LabelSource.Listed(Path file) -> {
        LabelFile labels =
            LabelFile.read(
                file,
                plan.partitions().stream().map(PartitionRange::topic).collect(Collectors.toSet()));
        yield () -> labels;
      }
      case LabelSource.Field(String name) -> {
        Detection detection = models.detections().getFirst();
        yield () ->
            Labels.ofField(
                new EventDecoder(
                    lookup,
                    detection.readerSchema(),
                    List.of(new FeatureSpec.Flag(name, name, true))));
      }
    };
  }
}
