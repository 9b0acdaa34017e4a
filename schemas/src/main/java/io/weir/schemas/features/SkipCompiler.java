package io.weir.schemas.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/// Writes the instructions that pass over a value in which there is no feature.
final class SkipCompiler {
  /// Beyond so many words, records are skipped by one subroutine each, so that a schema that uses
  /// its types over and over does not grow into a huge program.
  private static final int INLINE_LIMIT = 4_096;

  private static final int VARIES = -1;

  private final Code code;
  private final Map<Schema, Integer> sizes = new IdentityHashMap<>();
  private final Map<Schema, List<Integer>> calls = new IdentityHashMap<>();
  private final Map<Schema, Integer> subroutines = new IdentityHashMap<>();

  SkipCompiler(Code code) {
    this.code = code;
  }

  /// Skips one value.
  ///
  /// @param path of the value, for messages
  /// @param open the records that this one is inside of
  void skip(Schema schema, String path, Set<Schema> open) {
    String place = place(path, schema);
    int size = fixedSize(schema);
    if (size != VARIES) {
      if (size > 0) {
        code.emitCounted(place, Op.SKIP, size);
      }
      return;
    }
    switch (schema.getType()) {
      case INT -> code.emitCounted(place, Op.SKIP_INTS, 1);
      case LONG -> code.emitCounted(place, Op.SKIP_LONGS, 1);
      case STRING, BYTES -> code.emitCounted(place, Op.SKIP_STRINGS, 1);
      case ENUM -> code.emit(place, Op.SKIP_ENUM, schema.getEnumSymbols().size());
      case ARRAY -> {
        Schema items = schema.getElementType();
        int itemSize = fixedSize(items);
        int at = code.emit(place, Op.SKIP_ARRAY, itemSize, 0);
        if (itemSize == VARIES) {
          code.subroutine(at + 2, () -> skip(items, path + "[]", open));
        }
      }
      case MAP -> {
        int at = code.emit(place, Op.SKIP_MAP, 0, 0);
        code.subroutine(at + 2, () -> skip(schema.getValueType(), path + "{}", open));
      }
      case UNION -> union(code, schema, place, branch -> skip(branch, path, open));
      case RECORD -> {
        if (open.contains(schema) || code.size() > INLINE_LIMIT) {
          call(schema, place);
        } else {
          fields(schema, path, open);
        }
      }
      case NULL, FLOAT, DOUBLE, BOOLEAN, FIXED ->
          throw new IllegalStateException("has a fixed size: " + schema);
    }
  }

  private void fields(Schema schema, String path, Set<Schema> open) {
    Set<Schema> inside = with(open, schema);
    for (Schema.Field field : schema.getFields()) {
      skip(field.schema(), inside(path, field.name()), inside);
    }
  }

  private void call(Schema schema, String place) {
    Integer known = subroutines.get(schema);
    int at = code.emit(place, Op.CALL, known == null ? 0 : known);
    if (known != null) {
      return;
    }
    List<Integer> waiting = calls.get(schema);
    if (waiting != null) {
      waiting.add(at + 1);
      return;
    }
    calls.put(schema, new ArrayList<>(List.of(at + 1)));
    code.later(
        () -> {
          int start = code.label();
          subroutines.put(schema, start);
          calls.remove(schema).forEach(operand -> code.patch(operand, start));
        },
        () -> fields(schema, schema.getName(), Set.of()));
  }

  /// The bytes that every value of the schema takes, or VARIES.
  private int fixedSize(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> 0;
      case BOOLEAN -> 1;
      case FLOAT -> Float.BYTES;
      case DOUBLE -> Double.BYTES;
      case FIXED -> schema.getFixedSize();
      case INT, LONG, STRING, BYTES, ENUM, ARRAY, MAP, UNION -> VARIES;
      case RECORD -> {
        Integer known = sizes.putIfAbsent(schema, VARIES);
        if (known != null) {
          yield known;
        }
        long sum = 0;
        for (Schema.Field field : schema.getFields()) {
          int size = fixedSize(field.schema());
          sum = size == VARIES || sum == VARIES ? VARIES : sum + size;
        }
        int size = sum > Integer.MAX_VALUE ? VARIES : (int) sum;
        sizes.put(schema, size);
        yield size;
      }
    };
  }

  /// Writes a union: a jump to the branch, then behind all of them.
  static void union(Code code, Schema union, String place, Consumer<Schema> branch) {
    List<Schema> branches = union.getTypes();
    int[] instruction = new int[2 + branches.size()];
    instruction[0] = Op.UNION;
    instruction[1] = branches.size();
    int at = code.emit(place, instruction);
    // The usual branch comes last and needs no jump.
    int usual = branches.getLast().getType() == Schema.Type.NULL ? 0 : branches.size() - 1;
    List<Integer> jumps = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      if (i != usual) {
        code.patch(at + 2 + i, code.label());
        branch.accept(branches.get(i));
        jumps.add(code.emit(place, Op.JUMP, 0) + 1);
      }
    }
    code.patch(at + 2 + usual, code.label());
    branch.accept(branches.get(usual));
    int end = code.label();
    jumps.forEach(operand -> code.patch(operand, end));
  }

  static Set<Schema> with(Set<Schema> open, Schema schema) {
    Set<Schema> more = Collections.newSetFromMap(new IdentityHashMap<>());
    more.addAll(open);
    more.add(schema);
    return more;
  }

  static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// What a message calls a value: its path and its type.
  static String place(String path, Schema schema) {
    String type =
        schema.getLogicalType() == null
            ? schema.getType().getName()
            : schema.getLogicalType().getName();
    return path.isEmpty() ? "the " + type : path + " (" + type + ")";
  }
}
