package io.weir.schemas.features;

import org.apache.avro.Schema;

/// Whether a feature can be had from a schema.
sealed interface PathCheck {
  /// In every event, or in those that take the right branches.
  record Found() implements PathCheck {}

  /// No field of this path.
  record Absent() implements PathCheck {}

  /// There is a field, but not for this feature.
  ///
  /// @param place path and type of the field
  /// @param reason rule and cure
  record Refused(String place, String reason) implements PathCheck {}

  static PathCheck of(Schema writer, Schema reader, Target target) {
    return check(writer, reader, target, "");
  }

  private static PathCheck check(Schema writer, Schema reader, Target target, String path) {
    Schema known = FieldFinder.counterpart(writer, reader);
    return switch (writer.getType()) {
      case UNION -> union(writer, known, target, path);
      case RECORD ->
          target.arrived() ? leaf(writer, target, path) : record(writer, known, target, path);
      case MAP -> {
        if (target.arrived()) {
          yield leaf(writer, target, path);
        }
        Schema values = writer.getValueType();
        yield check(
            values,
            known == null ? null : known.getValueType(),
            target.insideMap(values),
            SkipCompiler.inside(path, target.mapKey(values)));
      }
      case ARRAY, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, FIXED, NULL ->
          leaf(writer, target, path);
    };
  }

  private static PathCheck union(Schema writer, Schema reader, Target target, String path) {
    PathCheck worst = new Absent();
    for (Schema branch : writer.getTypes()) {
      if (branch.getType() == Schema.Type.NULL) {
        continue;
      }
      switch (check(branch, reader, target, path)) {
        case Found found -> {
          return found;
        }
        case Refused refused -> worst = refused;
        case Absent _ -> {}
      }
    }
    return worst;
  }

  private static PathCheck record(Schema writer, Schema reader, Target target, String path) {
    String name = target.head();
    Schema.Field field = FieldFinder.written(writer, reader, name);
    Schema.Field readers = FieldFinder.inReader(reader, field == null ? name : field.name());
    if (field != null) {
      return check(
          field.schema(),
          readers == null ? null : readers.schema(),
          target.inside(),
          SkipCompiler.inside(path, field.name()));
    }
    if (readers == null || !readers.hasDefaultValue()) {
      return new Absent();
    }
    PathCheck inside =
        check(readers.schema(), null, target.inside(), SkipCompiler.inside(path, name));
    DecodeStatus status =
        inside instanceof Found ? DefaultValue.of(readers, target).status() : DecodeStatus.OK;
    return status == DecodeStatus.OK
        ? inside
        : new Refused(
            SkipCompiler.place(SkipCompiler.inside(path, name), readers.schema()),
            "the writer lacks it and its default gives no value ("
                + status
                + "); give it another default, or make the feature nullable");
  }

  private static PathCheck leaf(Schema writer, Target target, String path) {
    String place = SkipCompiler.place(path, writer);
    if (!target.arrived()) {
      return new Refused(
          place,
          writer.getType() == Schema.Type.ARRAY
              ? "the items of an array have no path; write what counts of them as a field of its"
                  + " own"
              : "there is nothing named '" + target.head() + "' inside of it");
    }
    String refusal = LeafCompiler.refusal(writer, target.spec());
    return refusal == null ? new Found() : new Refused(place, refusal);
  }
}
