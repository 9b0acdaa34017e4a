package io.weir.schemas.features;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/// Writes the instruction that turns one field into one feature.
final class LeafCompiler {
  private static final int MAX_SCALE = 300;

  private LeafCompiler() {}

  /// Why there is no instruction for the pair, and the cure; null if there is one.
  static String refusal(Schema leaf, FeatureSpec spec) {
    return compile(new Code(), "", leaf, 0, spec);
  }

  /// Writes the instruction, or says why there is none.
  ///
  /// @param leaf neither a union nor null
  /// @return null, or the reason and the cure
  static String compile(Code code, String place, Schema leaf, int slot, FeatureSpec spec) {
    return switch (spec) {
      case FeatureSpec.Numeric _ -> number(code, place, leaf, slot);
      case FeatureSpec.Flag _ -> flag(code, place, leaf, slot);
      case FeatureSpec.Category category -> category(code, place, leaf, slot, category);
      case FeatureSpec.CyclicTime time -> cyclicTime(code, place, leaf, slot, time.cycle());
    };
  }

  private static String number(Code code, String place, Schema leaf, int slot) {
    switch (leaf.getType()) {
      case FLOAT -> code.emitRun(place, Op.FLOATS, slot);
      case DOUBLE -> code.emitRun(place, Op.DOUBLES, slot);
      case BOOLEAN -> code.emit(place, Op.BOOLEAN, slot);
      case INT -> code.emit(place, Op.INT, slot);
      case LONG -> code.emit(place, Op.LONG, slot);
      case BYTES, FIXED -> {
        return decimal(code, place, leaf, slot);
      }
      case STRING, ENUM -> {
        return "a numeric feature takes a number, a decimal or a boolean;"
            + " declare it as a category, or write a number upstream";
      }
      case RECORD, ARRAY, MAP, UNION, NULL -> {
        return notAValue(leaf);
      }
    }
    return null;
  }

  private static String decimal(Code code, String place, Schema leaf, int slot) {
    LogicalType logical = leaf.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      if (decimal.getScale() > MAX_SCALE) {
        return "a scale of "
            + decimal.getScale()
            + " is beyond float32; scales up to "
            + MAX_SCALE
            + " can be read";
      }
      if (leaf.getType() == Schema.Type.FIXED) {
        code.emit(place, Op.DECIMAL_FIXED, slot, decimal.getScale(), leaf.getFixedSize());
      } else {
        code.emit(place, Op.DECIMAL, slot, decimal.getScale());
      }
      return null;
    }
    if (logical instanceof LogicalTypes.BigDecimal) {
      code.emit(place, Op.BIG_DECIMAL, slot);
      return null;
    }
    return "its bytes have no number in them;"
        + " give it the logical type decimal, or leave the feature out";
  }

  private static String flag(Code code, String place, Schema leaf, int slot) {
    switch (leaf.getType()) {
      case STRING -> code.emit(place, Op.FLAG_STRING, slot);
      case ENUM -> {
        List<String> symbols = leaf.getEnumSymbols();
        if (symbols.stream().noneMatch(symbol -> Flags.read(symbol) >= 0)) {
          return "none of its symbols "
              + symbols
              + " is true or false;"
              + " declare it as a category";
        }
        float[] values = new float[symbols.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Flags.read(symbols.get(i));
        }
        code.emit(place, Op.ENUM, slot, code.constants(values), values.length);
      }
      case BOOLEAN -> code.emit(place, Op.BOOLEAN, slot);
      case FLOAT, DOUBLE, INT, LONG, BYTES, FIXED -> {
        String refusal = number(code, place, leaf, slot);
        if (refusal != null) {
          return refusal;
        }
        code.emit(place, Op.CHECK_FLAG, slot);
      }
      case RECORD, ARRAY, MAP, UNION, NULL -> {
        return notAValue(leaf);
      }
    }
    return null;
  }

  private static String category(
      Code code, String place, Schema leaf, int slot, FeatureSpec.Category category) {
    List<String> vocabulary = category.vocabulary();
    Set<String> seen = new HashSet<>();
    for (String word : vocabulary) {
      if (!seen.add(word)) {
        return "its vocabulary has '" + word + "' twice; each word needs one index";
      }
    }
    switch (leaf.getType()) {
      case STRING -> code.emit(place, Op.CATEGORY_STRING, slot, code.words(vocabulary));
      case ENUM -> {
        List<String> symbols = leaf.getEnumSymbols();
        float[] values = new float[symbols.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = index(category, symbols.get(i));
        }
        code.emit(place, Op.ENUM, slot, code.constants(values), values.length);
      }
      case BOOLEAN -> {
        int constants = code.constants(index(category, "false"), index(category, "true"));
        code.emit(place, Op.CATEGORY_BOOLEAN, slot, constants);
      }
      case INT, LONG -> {
        NumberTable numbers = new NumberTable(vocabulary);
        if (numbers.size() == 0 && !vocabulary.isEmpty()) {
          return "none of the words "
              + vocabulary
              + " is an integer; give a vocabulary of integers, or another field";
        }
        int digits = leaf.getType() == Schema.Type.INT ? Varint.INT : Varint.LONG;
        code.emit(place, Op.CATEGORY_NUMBER, slot, code.numbers(numbers), digits);
      }
      case FLOAT, DOUBLE, BYTES, FIXED -> {
        return "a category takes strings, enums, integers or booleans;"
            + " declare it as numeric, or write a word upstream";
      }
      case RECORD, ARRAY, MAP, UNION, NULL -> {
        return notAValue(leaf);
      }
    }
    return null;
  }

  private static float index(FeatureSpec.Category category, String word) {
    int index = category.vocabulary().indexOf(word);
    return index < 0 ? category.unknownIndex() : index;
  }

  private static String cyclicTime(Code code, String place, Schema leaf, int slot, Cycle cycle) {
    String logical = leaf.getLogicalType() == null ? "" : leaf.getLogicalType().getName();
    int unit =
        switch (logical) {
          case "date" -> TimeUnits.DAYS;
          case "timestamp-micros", "local-timestamp-micros", "time-micros" -> TimeUnits.MICROS;
          case "timestamp-nanos", "local-timestamp-nanos" -> TimeUnits.NANOS;
          default -> TimeUnits.MILLIS;
        };
    if (logical.startsWith("time-") && cycle != Cycle.TIME_OF_DAY) {
      return "a " + logical + " has no date; only the cycle TIME_OF_DAY can be taken from it";
    }
    switch (leaf.getType()) {
      case LONG -> code.emit(place, Op.CYCLE, slot, cycle.ordinal(), unit, Varint.LONG);
      case INT -> {
        if (logical.isEmpty()) {
          return "an int is too small for milliseconds since 1970;"
              + " give it the logical type date or time-millis, or make it a long";
        }
        code.emit(place, Op.CYCLE, slot, cycle.ordinal(), unit, Varint.INT);
      }
      case STRING -> code.emit(place, Op.CYCLE_STRING, slot, cycle.ordinal());
      case FLOAT, DOUBLE, BOOLEAN, BYTES, FIXED, ENUM -> {
        return "a cyclic time takes a timestamp, a date, a long of milliseconds since 1970,"
            + " or an ISO-8601 string";
      }
      case RECORD, ARRAY, MAP, UNION, NULL -> {
        return notAValue(leaf);
      }
    }
    return null;
  }

  private static String notAValue(Schema leaf) {
    return switch (leaf.getType()) {
      case RECORD ->
          "a record is no single value; go on to one of its fields "
              + leaf.getFields().stream().map(Schema.Field::name).toList();
      case MAP -> "a map is no single value; go on to one of its keys";
      case ARRAY -> "an array is no single value; write what counts of it as a field of its own";
      default -> "it never has a value; take another field, or leave the feature out";
    };
  }
}
