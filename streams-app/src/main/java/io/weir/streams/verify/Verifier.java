package io.weir.streams.verify;

import io.weir.detector.Detector;
import io.weir.schemas.card.ModelCard;
import io.weir.streams.decode.EventDecoder;
import io.weir.streams.replay.EventFetch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/// Computes the scores of alerts again: from the event that the broker holds at the alert's
/// coordinates, and the model with the alert's SHA-256. Not thread-safe.
public final class Verifier implements AutoCloseable {
  /// Raw values that are held at once: 64 MiB.
  private static final int VALUES_MAX = 16 << 20;

  private final ModelFiles models;
  private final Function<Boolean, EventFetch> fetches;
  private final Function<ModelCard, EventDecoder> decoders;
  private final long scanMax;
  private final Map<Boolean, EventFetch> open = new HashMap<>();
  private final Map<String, EventDecoder> decoderOf = new HashMap<>();

  /// @param models where models are looked for; the caller closes it
  /// @param fetches connects to the brokers, for committed events only or as the settings say
  /// @param decoders makes what decodes a model's events
  /// @param scanMax how many offsets before an event its window is looked for
  public Verifier(
      ModelFiles models,
      Function<Boolean, EventFetch> fetches,
      Function<ModelCard, EventDecoder> decoders,
      long scanMax) {
    this.models = models;
    this.fetches = fetches;
    this.decoders = decoders;
    this.scanMax = scanMax;
  }

  /// The receipts of one model and one partition.
  private record Group(String sha256, TopicPartition partition) {}

  /// Verdicts in the order of the receipts.
  ///
  /// @throws io.weir.streams.decode.RegistryOutageException if the registry does not answer
  /// @throws org.apache.kafka.common.KafkaException if the brokers do not
  public List<Verdict> verify(List<Receipt> receipts) {
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < receipts.size(); i++) {
      Receipt receipt = receipts.get(i);
      TopicPartition partition = new TopicPartition(receipt.topic(), receipt.partition());
      groups
          .computeIfAbsent(new Group(receipt.modelSha256(), partition), _ -> new ArrayList<>())
          .add(i);
    }
    Verdict[] verdicts = new Verdict[receipts.size()];
    groups.forEach(
        (group, members) -> {
          members.sort(Comparator.comparingLong(i -> receipts.get(i).offset()));
          switch (models.find(group.sha256())) {
            case ModelFiles.Found.Missing(String why) ->
                members.forEach(i -> verdicts[i] = new Verdict.Cannot(why));
            case ModelFiles.Found.Model(Detector detector) ->
                verify(group, detector, members, receipts, verdicts);
          }
        });
    return List.of(verdicts);
  }

  private void verify(
      Group group,
      Detector detector,
      List<Integer> members,
      List<Receipt> receipts,
      Verdict[] verdicts) {
    int together = Math.max(1, VALUES_MAX / detector.card().rowValues());
    EventFetch fetch = open.computeIfAbsent(detector.card().window() != null, fetches);
    switch (fetch.extent(group.partition())) {
      case EventFetch.Extent.Missing(String why) ->
          members.forEach(i -> verdicts[i] = new Verdict.Cannot(why));
      case EventFetch.Extent.Offsets held -> {
        for (int from = 0; from < members.size(); from += together) {
          List<Integer> some = members.subList(from, Math.min(from + together, members.size()));
          verify(group, detector, fetch, held, some, receipts, verdicts);
        }
      }
    }
  }

  private void verify(
      Group group,
      Detector detector,
      EventFetch fetch,
      EventFetch.Extent.Offsets held,
      List<Integer> members,
      List<Receipt> receipts,
      Verdict[] verdicts) {
    ModelCard card = detector.card();
    Recomputation recomputation = new Recomputation(detector);
    int features = card.features().size();
    int steps = card.rowValues() / features;
    List<Ask> asks = new ArrayList<>();
    List<Integer> askers = new ArrayList<>();
    for (int i : members) {
      Receipt receipt = receipts.get(i);
      Optional<String> outside = EventFetch.outside(group.partition(), held, receipt.offset());
      if (outside.isPresent()) {
        verdicts[i] = new Verdict.Cannot(outside.get());
        continue;
      }
      try {
        OptionalInt events = recomputation.events(receipt);
        if (events.isEmpty()) {
          verdicts[i] =
              new Verdict.Cannot("the alert does not say how many events were scored together");
          continue;
        }
        asks.add(new Ask(receipt, events.getAsInt(), steps, features));
        askers.add(i);
      } catch (IllegalArgumentException e) {
        verdicts[i] = new Verdict.Differs(List.of(e.getMessage()));
      }
    }
    if (asks.isEmpty()) {
      return;
    }
    EventDecoder decoder = decoderOf.computeIfAbsent(group.sha256(), _ -> decoders.apply(card));
    new PartitionPass(fetch, decoder, group.partition(), held, features, steps, scanMax).run(asks);
    recomputation.run(asks);
    for (int i = 0; i < asks.size(); i++) {
      verdicts[askers.get(i)] = asks.get(i).verdict();
    }
  }

  @Override
  public void close() {
    open.values().forEach(EventFetch::close);
  }
}
