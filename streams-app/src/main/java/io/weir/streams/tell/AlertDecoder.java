package io.weir.streams.tell;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.TrustedEvents;
import io.weir.streams.decode.SchemaLookup;
import io.weir.streams.decode.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/// Decodes the values of the alerts topic, for one thread. Alerts of older and newer Weirs are
/// resolved to this one's schema: what they lack has its default, what this one does not know is
/// left out.
public final class AlertDecoder {
  static {
    TrustedEvents.trust();
  }

  /// A producer registers a schema before it writes with it, so an unknown id is asked for seldom.
  private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  /// Hostile values could name four billion ids.
  private static final int MAX_IDS = 10_000;

  private final SchemaLookup lookup;
  private final Map<Integer, Program> programs = new HashMap<>();

  /// What became of a value.
  public sealed interface Decoded {
    /// An alert.
    record Read(Alert alert) implements Decoded {}

    /// A value that is no alert, with the reason.
    record Unreadable(String reason) implements Decoded {}
  }

  private sealed interface Program {
    record Ready(SpecificDatumReader<Alert> reader) implements Program {}

    record Refused(String reason, long askedNanos) implements Program {}
  }

  /// @param lookup asked once for each schema id
  public AlertDecoder(SchemaLookup lookup) {
    this.lookup = lookup;
  }

  /// Decodes one value, possibly null.
  ///
  /// @throws io.weir.streams.decode.RegistryOutageException if the registry does not answer for
  ///   long
  public Decoded decode(byte[] value) {
    if (value == null || !WireFormat.hasHeader(value)) {
      return new Decoded.Unreadable(
          value == null
              ? "it has no value"
              : "it is not in the Confluent wire format, a zero byte and a schema id");
    }
    return switch (program(WireFormat.schemaId(value))) {
      case Program.Refused(String reason, long _) -> new Decoded.Unreadable(reason);
      case Program.Ready(SpecificDatumReader<Alert> reader) -> read(reader, value);
    };
  }

  private static Decoded read(SpecificDatumReader<Alert> reader, byte[] value) {
    int header = WireFormat.HEADER;
    try {
      return new Decoded.Read(
          reader.read(
              null,
              DecoderFactory.get().binaryDecoder(value, header, value.length - header, null)));
    } catch (IOException | RuntimeException e) {
      // Avro reports bytes that do not fit by exceptions of many kinds.
      return new Decoded.Unreadable("its bytes do not fit its schema: " + e);
    }
  }

  private Program program(int id) {
    Program known = programs.get(id);
    if (known instanceof Program.Refused(String _, long asked)
        && System.nanoTime() - asked > ASK_AGAIN_NANOS) {
      known = null;
    }
    if (known == null) {
      if (programs.size() >= MAX_IDS) {
        programs.clear();
      }
      known = load(id);
      programs.put(id, known);
    }
    return known;
  }

  private Program load(int id) {
    return switch (lookup.byId(id)) {
      case SchemaLookup.Answer.Known(Schema writer) ->
          writer.getName().equals(Alert.getClassSchema().getName())
              ? new Program.Ready(new SpecificDatumReader<>(writer, Alert.getClassSchema()))
              : refused("its schema " + id + " is " + writer.getFullName() + ", not an alert");
      case SchemaLookup.Answer.NotAvro(String what) ->
          refused("its schema " + id + " is " + what + ", not Avro");
      case SchemaLookup.Answer.Unknown() -> refused("the registry has no schema " + id);
    };
  }

  private static Program refused(String reason) {
    return new Program.Refused(reason, System.nanoTime());
  }
}
