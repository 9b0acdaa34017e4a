package io.weir.streams;

import io.weir.streams.config.Settings;
import io.weir.streams.decode.RegistryOutageException;
import io.weir.streams.gather.KeylessRecordException;
import io.weir.streams.notify.OutputRefusedException;
import io.weir.streams.ops.StateDirectoryCheck;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/// Why a stream thread stopped, where its operator can mend it: one message instead of a stack
/// trace.
final class StopReason {
  private static final List<String> DISK_TROUBLE =
      List.of("No space left on device", "Read-only file system", "Disk quota exceeded");

  private static final String UNACKNOWLEDGED =
      "The brokers took no output for longer than delivery.timeout.ms: a topic is gone, or they do"
          + " not answer; the warnings above say which. Nothing is lost, the next start goes on"
          + " from the last commit";

  private StopReason() {}

  /// The value, the rule, the cure; empty for what only a stack trace explains.
  static Optional<String> of(Throwable thrown, Settings settings) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String text =
          switch (cause) {
            case OutputRefusedException e -> e.getMessage();
            case RecordTooLargeException e -> "An output is refused: " + e.getMessage();
            case InvalidTimestampException e -> "An output is refused: " + e.getMessage();
            case KeylessRecordException e -> e.getMessage();
            case RegistryOutageException e -> e.getMessage();
            case MissingSourceTopicException _ ->
                "An input topic is no longer there. Create it again, or take it out of"
                    + " weir.input.topics";
            case FencedInstanceIdException _ ->
                "Another instance has the same group.instance.id: give each its own";
            case ProcessorStateException _ -> disk(cause, settings);
            case TransactionAbortableException _ -> UNACKNOWLEDGED;
            case KafkaException e when isUnacknowledged(e) -> UNACKNOWLEDGED;
            default -> null;
          };
      if (text != null) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  /// Whether it was a wait for the registry that ended.
  static boolean isOutage(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryOutageException) {
        return true;
      }
    }
    return false;
  }

  /// The exception that ends a transaction has no type of its own.
  private static boolean isUnacknowledged(KafkaException e) {
    return e.getMessage() != null
        && e.getMessage().startsWith("The client hasn't received acknowledgment");
  }

  private static String disk(Throwable trouble, Settings settings) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (String known : DISK_TROUBLE) {
        if (message.contains(known)) {
          return StateDirectoryCheck.trouble(settings, known);
        }
      }
    }
    return null;
  }
}
