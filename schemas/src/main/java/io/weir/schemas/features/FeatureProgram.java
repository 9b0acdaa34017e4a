package io.weir.schemas.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/// Fetches the features of a model from Avro events: compiled once for a writer schema, then run
/// over the bytes of each event without making a single object.
///
/// Values come out raw, as float32 in the field's own unit:
///
/// | feature | taken from | becomes |
/// |---|---|---|
/// | numeric | int, long, float, double, decimal (bytes, fixed), big-decimal, boolean | the number; doubles and decimals rounded to float32 |
/// | flag | boolean, the numbers 0 and 1, strings and enums `true` / `false` in any case | 0 or 1 |
/// | category | string, enum, int, long, boolean | the index in the vocabulary, one past its end for any other word |
/// | cyclic time | timestamp, local-timestamp (as UTC), date, time (of day), plain long (milliseconds since 1970), ISO-8601 string | seconds into the cycle |
///
/// A path leads through records and maps (`payment.card.age`, `attributes.speed`) and through
/// unions without naming the branch; arrays have no path. Null, an absent map key and NaN are
/// missing: NaN for a nullable feature, a failure for any other. Infinity is always a failure.
///
/// Immutable and safe for any number of threads.
public final class FeatureProgram {
  /// How deep an event may nest: arrays, maps and records that contain themselves.
  public static final int MAX_DEPTH = 512;

  private static final DecodeStatus[] STATUSES = DecodeStatus.values();

  private final List<FeatureSpec> specs;
  private final List<String> absent;
  private final Interpreter interpreter;
  private final Map<Code.Place, String> places;

  private FeatureProgram(
      List<FeatureSpec> specs, List<String> absent, Interpreter interpreter, Code code) {
    this.specs = specs;
    this.absent = absent;
    this.interpreter = interpreter;
    this.places = code.places();
  }

  /// Compiles a program.
  ///
  /// @param writer the schema that the events were written with
  /// @param readerOrNull a schema whose defaults stand in for fields that the writer lacks, and
  ///   whose aliases are honoured; null without one
  /// @param specs the features, in the order of the slots
  /// @throws FeatureProgramException if a feature cannot be had from the schema; names all problems
  public static FeatureProgram compile(Schema writer, Schema readerOrNull, List<FeatureSpec> specs)
      throws FeatureProgramException {
    List<String> problems = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (FeatureSpec spec : specs) {
      Target target = Target.of(targets.size(), spec);
      targets.add(target);
      switch (PathCheck.of(writer, readerOrNull, target)) {
        case PathCheck.Found _ -> {}
        case PathCheck.Refused(String place, String reason) ->
            problems.add("feature '" + spec.name() + "' from " + place + ": " + reason);
        case PathCheck.Absent _ -> {
          String text =
              "feature '" + spec.name() + "': the schema has no field '" + spec.field() + "'; ";
          (spec.nullable() ? absent : problems).add(text + FieldNames.hint(writer, spec.field()));
        }
      }
    }
    if (specs.isEmpty()) {
      problems.add("no feature is asked for; give at least one");
    } else if (absent.size() == specs.size()) {
      problems.addAll(absent);
    }
    if (!problems.isEmpty()) {
      throw new FeatureProgramException(writer.getFullName(), problems);
    }
    boolean[] nullable = new boolean[specs.size()];
    for (int i = 0; i < nullable.length; i++) {
      nullable[i] = specs.get(i).nullable();
    }
    Code code = SchemaCompiler.compile(writer, readerOrNull, targets);
    return new FeatureProgram(
        List.copyOf(specs), List.copyOf(absent), new Interpreter(code, nullable), code);
  }

  /// The number of features, which is the number of floats that [#decode] writes.
  public int features() {
    return specs.size();
  }

  /// Nullable features whose field the schema does not have, each a sentence to log once: they are
  /// missing in every event.
  public List<String> absent() {
    return absent;
  }

  /// Writes the features of one event. Allocates nothing, and throws nothing whatever the bytes
  /// are.
  ///
  /// @param bytes holds one Avro record in binary form, without header, at `offset`
  /// @param length of the record in bytes; bytes behind the record's end are ignored
  /// @param out receives [#features()] floats from `outOffset`; undefined after a failure
  /// @throws IndexOutOfBoundsException if a range lies outside its array
  public DecodeStatus decode(byte[] bytes, int offset, int length, float[] out, int outOffset) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Objects.checkFromIndexSize(outOffset, specs.size(), out.length);
    int end = interpreter.run(0, bytes, offset, offset + length, out, outOffset, 0, null);
    return end < 0 ? STATUSES[-end] : DecodeStatus.OK;
  }

  /// Says why [#decode] failed, by doing it again, slowly.
  ///
  /// @throws IllegalArgumentException if it does not fail
  public DecodeFailure explain(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Trace trace = new Trace();
    float[] out = new float[specs.size()];
    int end = interpreter.run(0, bytes, offset, offset + length, out, 0, 0, trace);
    if (end >= 0) {
      throw new IllegalArgumentException("the event has nothing wrong: it decodes");
    }
    FeatureSpec spec = trace.slot == Trace.NO_SLOT ? null : specs.get(trace.slot);
    String field =
        places.getOrDefault(
            new Code.Place(trace.pc, trace.slot),
            places.get(new Code.Place(trace.pc, Trace.NO_SLOT)));
    return Explanation.of(trace, field, spec, trace.position - offset, length);
  }
}
