package io.weir.streams.decode;

import io.weir.schemas.features.DecodeFailure;
import io.weir.schemas.features.DecodeStatus;
import io.weir.schemas.features.FeatureProgram;
import io.weir.schemas.features.FeatureProgramException;
import io.weir.schemas.features.FeatureSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decodes event values for one thread. The registry is asked once per schema id, never per event;
/// decoding allocates nothing.
public final class EventDecoder {
  /// What became of a value.
  public enum Outcome {
    /// Its features are written.
    DECODED,
    /// It can never be scored; [#refusal] says why.
    BAD,
    /// The schema of its id has not been asked for; [#load] does that.
    SCHEMA_NOT_LOADED
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventDecoder.class);

  /// A producer registers a schema before it writes with it, so an id that is unknown stays so,
  /// unless the registry's followers lag behind or somebody restores it.
  private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  /// Hostile values could name four billion ids.
  private static final int MAX_IDS = 10_000;

  private final SchemaLookup lookup;
  private final Schema reader;
  private final List<FeatureSpec> features;

  /// Ascending; `programs` runs along.
  private int[] ids = new int[0];

  private Program[] programs = new Program[0];
  private int lastId;
  private Program last;

  /// What is known about the schema of an id.
  private sealed interface Program {
    record Ready(FeatureProgram program) implements Program {}

    record Unsuitable(String explanation) implements Program {}

    record UnknownId(long askedNanos) implements Program {}
  }

  /// @param lookup shared between threads
  /// @param readerOrNull schema that events are read as, null for each writer's own
  /// @param features of the model, in order
  public EventDecoder(SchemaLookup lookup, Schema readerOrNull, List<FeatureSpec> features) {
    this.lookup = lookup;
    this.reader = readerOrNull;
    this.features = List.copyOf(features);
  }

  /// Decodes one value without asking anybody.
  ///
  /// @param value of a record, null for a tombstone
  /// @param out receives the raw features from `offset`, undefined unless `DECODED`
  public Outcome decode(byte[] value, float[] out, int offset) {
    if (value == null || !WireFormat.hasHeader(value)) {
      return Outcome.BAD;
    }
    return switch (program(WireFormat.schemaId(value))) {
      case null -> Outcome.SCHEMA_NOT_LOADED;
      case Program.Ready(FeatureProgram program) ->
          run(program, value, out, offset) == DecodeStatus.OK ? Outcome.DECODED : Outcome.BAD;
      case Program.Unsuitable _ -> Outcome.BAD;
      case Program.UnknownId(long asked) ->
          System.nanoTime() - asked > ASK_AGAIN_NANOS ? Outcome.SCHEMA_NOT_LOADED : Outcome.BAD;
    };
  }

  /// Asks the registry for the schema of a value that was `SCHEMA_NOT_LOADED`, and waits for it.
  ///
  /// @throws RegistryOutageException if the registry does not answer in time
  public void load(byte[] value) {
    int id = WireFormat.schemaId(value);
    if (ids.length >= MAX_IDS) {
      ids = new int[0];
      programs = new Program[0];
    }
    Program program = compile(id, lookup.byId(id));
    int at = Arrays.binarySearch(ids, id);
    if (at < 0) {
      at = -at - 1;
      int[] moreIds = Arrays.copyOf(ids, ids.length + 1);
      Program[] morePrograms = Arrays.copyOf(programs, ids.length + 1);
      System.arraycopy(ids, at, moreIds, at + 1, ids.length - at);
      System.arraycopy(programs, at, morePrograms, at + 1, ids.length - at);
      ids = moreIds;
      programs = morePrograms;
    }
    ids[at] = id;
    programs[at] = program;
    last = null;
  }

  /// Why a value is `BAD`.
  public BadRecordException refusal(byte[] value) {
    if (value == null || !WireFormat.hasHeader(value)) {
      return WireFormat.refusal(value);
    }
    int id = WireFormat.schemaId(value);
    return switch (program(id)) {
      case Program.Ready(FeatureProgram program) -> {
        DecodeFailure failure =
            program.explain(value, WireFormat.HEADER, value.length - WireFormat.HEADER);
        yield new BadRecordException(BadReason.of(failure.status()), failure.message());
      }
      case Program.Unsuitable(String explanation) ->
          new BadRecordException(BadReason.UNSUITABLE_SCHEMA, explanation);
      case Program.UnknownId _ ->
          new BadRecordException(
              BadReason.UNKNOWN_SCHEMA_ID,
              "the registry has no schema " + id + "; produce with the registry that Weir reads");
      case null -> throw new IllegalStateException("The schema " + id + " is not loaded");
    };
  }

  private static DecodeStatus run(FeatureProgram program, byte[] value, float[] out, int offset) {
    return program.decode(value, WireFormat.HEADER, value.length - WireFormat.HEADER, out, offset);
  }

  private Program program(int id) {
    if (last == null || id != lastId) {
      int at = Arrays.binarySearch(ids, id);
      last = at < 0 ? null : programs[at];
      lastId = id;
    }
    return last;
  }

  private Program compile(int id, SchemaLookup.Answer answer) {
    return switch (answer) {
      case SchemaLookup.Answer.Known(Schema writer) -> compile(id, writer);
      case SchemaLookup.Answer.NotAvro(String what) ->
          new Program.Unsuitable("schema " + id + " is " + what + ", Weir reads Avro");
      case SchemaLookup.Answer.Unknown() -> new Program.UnknownId(System.nanoTime());
    };
  }

  private Program compile(int id, Schema writer) {
    try {
      FeatureProgram program = FeatureProgram.compile(writer, reader, features);
      LOG.info(
          "Schema {} ({}) is compiled to {} features", id, writer.getFullName(), features.size());
      program.absent().forEach(text -> LOG.warn("Schema {}: {}", id, text));
      return new Program.Ready(program);
    } catch (FeatureProgramException e) {
      LOG.warn("Schema {}: its events go to the dead-letter topic. {}", id, e.getMessage());
      return new Program.Unsuitable(
          "schema " + id + ": " + e.getMessage().replaceAll("\\s*\\n\\s*", " "));
    }
  }
}
