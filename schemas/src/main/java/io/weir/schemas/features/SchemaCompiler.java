package io.weir.schemas.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/// Writes the program of a writer schema: down to the features, past everything else.
///
/// A feature that a branch of a union cannot give does not stop the program from being written, for
/// the branch may never occur: it fails, or is missing, when an event comes with it. Whether a
/// feature can be had at all is [PathCheck]'s question.
final class SchemaCompiler {
  private final Code code = new Code();
  private final SkipCompiler skips = new SkipCompiler(code);

  private SchemaCompiler() {}

  static Code compile(Schema writer, Schema reader, List<Target> targets) {
    SchemaCompiler compiler = new SchemaCompiler();
    compiler.value(writer, reader, targets, "", Set.of());
    compiler.code.finish();
    return compiler.code;
  }

  private void value(
      Schema writer, Schema reader, List<Target> targets, String path, Set<Schema> open) {
    if (targets.isEmpty()) {
      skips.skip(writer, path, open);
      return;
    }
    Schema known = FieldFinder.counterpart(writer, reader);
    switch (writer.getType()) {
      case RECORD -> record(writer, known, targets, path, open);
      case MAP -> map(writer, known, targets, path, open);
      case UNION ->
          SkipCompiler.union(
              code,
              writer,
              SkipCompiler.place(path, writer),
              branch -> value(branch, known, targets, path, open));
      case NULL -> targets.forEach(target -> missing(target, path, writer));
      case ARRAY, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM, FIXED ->
          leaf(writer, targets, path, open);
    }
  }

  private void record(
      Schema writer, Schema reader, List<Target> targets, String path, Set<Schema> open) {
    Map<Integer, List<Target>> byField = new HashMap<>();
    for (Target target : targets) {
      if (target.arrived()) {
        fail(target, DecodeStatus.WRONG_BRANCH, path, writer);
        continue;
      }
      Schema.Field field = FieldFinder.written(writer, reader, target.head());
      if (field == null) {
        notWritten(target, reader, path, writer);
      } else {
        byField.computeIfAbsent(field.pos(), _ -> new ArrayList<>()).add(target.inside());
      }
    }
    Set<Schema> inside = SkipCompiler.with(open, writer);
    for (Schema.Field field : writer.getFields()) {
      Schema.Field readers = FieldFinder.inReader(reader, field.name());
      value(
          field.schema(),
          readers == null ? null : readers.schema(),
          byField.getOrDefault(field.pos(), List.of()),
          SkipCompiler.inside(path, field.name()),
          inside);
    }
  }

  private void notWritten(Target target, Schema reader, String path, Schema record) {
    Schema.Field field = FieldFinder.inReader(reader, target.head());
    if (field == null || !field.hasDefaultValue()) {
      missing(target, path, record);
      return;
    }
    DefaultValue value = DefaultValue.of(field, target);
    String place = SkipCompiler.place(SkipCompiler.inside(path, field.name()), field.schema());
    if (value.status() == DecodeStatus.OK) {
      code.emit(place, Op.CONSTANT, target.slot(), code.constants(value.value()));
    } else {
      code.emit(place, Op.FAIL, target.slot(), value.status().ordinal());
    }
  }

  private void map(
      Schema writer, Schema reader, List<Target> targets, String path, Set<Schema> open) {
    String place = SkipCompiler.place(path, writer);
    Schema values = writer.getValueType();
    Schema readers = reader == null ? null : reader.getValueType();
    Map<String, List<Target>> byKey = new LinkedHashMap<>();
    for (Target target : targets) {
      if (target.arrived()) {
        fail(target, DecodeStatus.WRONG_BRANCH, path, writer);
        continue;
      }
      Target inside = target.insideMap(values);
      byKey.computeIfAbsent(target.mapKey(values), _ -> new ArrayList<>()).add(inside);
      code.emit(place, Op.MISSING, target.slot());
    }
    List<String> keys = List.copyOf(byKey.keySet());
    int[] instruction = new int[3 + keys.size()];
    instruction[0] = Op.MAP;
    instruction[1] = code.words(keys);
    int at = code.emit(place, instruction);
    code.subroutine(at + 2, () -> skips.skip(values, path + "{}", open));
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      code.subroutine(
          at + 3 + i,
          () -> value(values, readers, byKey.get(key), SkipCompiler.inside(path, key), open));
    }
    for (Target target : targets) {
      if (!target.spec().nullable()) {
        code.emit(place, Op.REQUIRE, target.slot());
      }
    }
  }

  private void leaf(Schema writer, List<Target> targets, String path, Set<Schema> open) {
    String place = SkipCompiler.place(path, writer);
    List<Target> readable = new ArrayList<>();
    for (Target target : targets) {
      if (!target.arrived()) {
        missing(target, path, writer);
      } else if (LeafCompiler.refusal(writer, target.spec()) != null) {
        fail(target, DecodeStatus.WRONG_BRANCH, path, writer);
      } else {
        readable.add(target);
      }
    }
    if (readable.isEmpty()) {
      skips.skip(writer, path, open);
      return;
    }
    if (readable.size() > 1) {
      code.emit(place, Op.MARK);
    }
    for (int i = 0; i < readable.size(); i++) {
      if (i > 0) {
        code.emit(place, Op.RESTORE);
      }
      Target target = readable.get(i);
      LeafCompiler.compile(code, place, writer, target.slot(), target.spec());
    }
  }

  private void missing(Target target, String path, Schema schema) {
    if (target.spec().nullable()) {
      code.emit(SkipCompiler.place(path, schema), Op.MISSING, target.slot());
    } else {
      fail(target, DecodeStatus.MISSING_VALUE, path, schema);
    }
  }

  private void fail(Target target, DecodeStatus status, String path, Schema schema) {
    code.emit(SkipCompiler.place(path, schema), Op.FAIL, target.slot(), status.ordinal());
  }
}
