package io.weir.streams.tell.webhook;

import io.weir.schemas.event.Alert;
import io.weir.schemas.json.EventJson;
import io.weir.schemas.json.SafeText;
import io.weir.streams.config.WebhookSettings;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.tell.AlertDecoder;
import io.weir.streams.tell.AlertFilter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes alerts from the topic to the receiver.
///
/// At least once: an offset is committed only when the receiver has taken the alert, or the
/// dead-letter topic has it. The alerts of a partition are posted one after the other, in order.
/// While one waits for its next attempt, its partition is paused and the group is kept up by
/// polling.
public final class WebhookSink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSink.class);
  private static final long LONGEST_POLL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final WebhookSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final AlertDecoder decoder;
  private final AlertFilter filter;
  private final Receiver receiver;
  private final DeadLetters deadLetters;
  private final Backoff backoff;
  private final Map<TopicPartition, Lane> lanes = new HashMap<>();
  private final Tally tally = new Tally();
  private long committedNanos = System.nanoTime();
  private boolean unreadableSaid;
  private volatile boolean stopped;

  /// @param consumer of the webhook's group, which the caller closes
  /// @param producer of dead letters, which the caller closes
  public WebhookSink(
      WebhookSettings settings,
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      AlertDecoder decoder) {
    this.settings = settings;
    this.consumer = consumer;
    this.decoder = decoder;
    this.filter = AlertFilter.from(AlertFilter.severity(settings.minSeverity()));
    this.receiver = new Receiver(settings, Clock.systemUTC());
    this.deadLetters = new DeadLetters(producer, settings.deadLetterTopic());
    this.backoff =
        new Backoff(settings.backoff(), settings.backoffMax(), RandomGenerator.getDefault());
  }

  /// Posts until [#stop()], then commits what is done.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the brokers refuse; what is not committed is
  ///   done again by the next start
  public void run() throws InterruptedException {
    consumer.subscribe(List.of(settings.client().alertsTopic()), new Lanes());
    while (!stopped) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(pause())) {
        lanes
            .computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), _ -> new Lane())
            .add(record);
      }
      Optional<Lane> due = due();
      if (!stopped && due.isPresent()) {
        try {
          step(due.get());
        } catch (RegistryOutageException e) {
          // An end does not wait for the registry; the alert is done by the next start.
          if (!stopped) {
            throw e;
          }
        }
      }
      lanes.forEach(
          (partition, lane) -> {
            if (lane.isEmpty()) {
              consumer.resume(List.of(partition));
            } else {
              consumer.pause(List.of(partition));
            }
          });
      if (System.nanoTime() - committedNanos > COMMIT_NANOS) {
        commit(lanes.keySet());
        committedNanos = System.nanoTime();
      }
    }
    commit(lanes.keySet());
    LOG.info("The webhook ends: {}", tally);
  }

  /// Ends [#run()] after the request at hand.
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    receiver.close();
  }

  /// The lane that has waited the longest of those that are due. One attempt between two polls:
  /// many of them, each as long as its time-out, would cost the membership in the group.
  private Optional<Lane> due() {
    return lanes.values().stream()
        .filter(lane -> !lane.isEmpty() && lane.waitNanos() <= 0)
        .min(Comparator.comparingLong(Lane::waitNanos));
  }

  /// Until the next attempt that is due.
  private Duration pause() {
    long wait = LONGEST_POLL_NANOS;
    for (Lane lane : lanes.values()) {
      if (!lane.isEmpty()) {
        wait = Math.min(wait, Math.max(0, lane.waitNanos()));
      }
    }
    return Duration.ofNanos(wait);
  }

  /// One attempt for the first alert of a lane.
  private void step(Lane lane) throws InterruptedException {
    ConsumerRecord<byte[], byte[]> record = lane.first();
    switch (decoder.decode(record.value())) {
      case AlertDecoder.Decoded.Unreadable(String reason) -> {
        if (!unreadableSaid) {
          unreadableSaid = true;
          LOG.warn(
              "{} is no alert and goes to {}: {}. Further ones are only counted.",
              place(record),
              settings.deadLetterTopic(),
              SafeText.of(reason));
        }
        bury(lane, "no alert: " + reason, 0, 0);
      }
      case AlertDecoder.Decoded.Read(Alert alert) -> {
        if (filter.passes(alert)) {
          post(lane, alert);
        } else {
          tally.below();
          lane.done();
        }
      }
    }
  }

  private void post(Lane lane, Alert alert) throws InterruptedException {
    ConsumerRecord<byte[], byte[]> record = lane.first();
    byte[] body = EventJson.line(alert).getBytes(StandardCharsets.UTF_8);
    int attempt = lane.failures() + 1;
    switch (receiver.post(IdempotencyKey.of(alert, record), body)) {
      case Answer.Taken() -> {
        tally.posted();
        lane.done();
      }
      case Answer.Refused(String reason, int status) -> {
        LOG.warn(
            "{} refuses the alert at {}: {}. It goes to {}.",
            settings.receiver(),
            place(record),
            reason,
            settings.deadLetterTopic());
        bury(lane, reason, status, attempt);
      }
      case Answer.Later(String reason, Duration asked) -> {
        tally.failed();
        if (settings.attemptsMax() > 0 && attempt >= settings.attemptsMax()) {
          LOG.warn(
              "{} did not take the alert at {} in {} attempts: {}. It goes to {}.",
              settings.receiver(),
              place(record),
              attempt,
              reason,
              settings.deadLetterTopic());
          bury(lane, reason, 0, attempt);
        } else {
          Duration pause = backoff.pause(attempt, asked);
          lane.failed(pause.toNanos());
          LOG.warn(
              "{} did not take the alert at {}, attempt {}: {}. Next attempt in {} ms.",
              settings.receiver(),
              place(record),
              attempt,
              reason,
              pause.toMillis());
        }
      }
    }
  }

  private void bury(Lane lane, String reason, int status, int attempts)
      throws InterruptedException {
    deadLetters.write(lane.first(), reason, status, attempts);
    tally.deadLetter();
    lane.done();
  }

  private void commit(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Lane lane = lanes.get(partition);
      long next = lane == null ? -1 : lane.takeNext();
      if (next >= 0) {
        offsets.put(partition, new OffsetAndMetadata(next));
      }
    }
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.warn(
          "The group has given the partitions to another member before a commit: some alerts are"
              + " posted again ({})",
          e.getMessage());
    }
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + " offset " + record.offset();
  }

  /// Partitions that go away are committed before they go, and forgotten.
  private final class Lanes implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info(
          "The webhook has the partitions {}",
          consumer.assignment().stream().map(TopicPartition::toString).sorted().toList());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(partitions);
      lanes.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      lanes.keySet().removeAll(partitions);
    }
  }
}
