package io.weir.schemas.features;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;

/// How one field of an event becomes one slot of the `features` tensor.
///
/// The slot holds a raw float32 in the field's own unit, NaN when the value is missing; scaling and
/// encoding happen in the model's graph. One feature is always one slot.
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FeatureSpec.Numeric.class, name = "numeric"),
  @JsonSubTypes.Type(value = FeatureSpec.Flag.class, name = "flag"),
  @JsonSubTypes.Type(value = FeatureSpec.Category.class, name = "category"),
  @JsonSubTypes.Type(value = FeatureSpec.CyclicTime.class, name = "cyclic_time")
})
public sealed interface FeatureSpec {
  /// Unique within a model; what alerts and tables call the feature.
  String name();

  /// Where the value stands: a column, or a dotted path into nested Avro records.
  String field();

  /// Whether a missing value (null, absent, NaN) is filled in by the model; otherwise it makes the
  /// event a bad record.
  boolean nullable();

  /// A number in its own unit: any Avro or SQL number, decimals included.
  record Numeric(String name, String field, boolean nullable) implements FeatureSpec {
    public Numeric {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(field, "field");
    }
  }

  /// A boolean: 0 or 1.
  record Flag(String name, String field, boolean nullable) implements FeatureSpec {
    public Flag {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(field, "field");
    }
  }

  /// One of a fixed list of words: its index in the vocabulary; [#unknownIndex()] for any other.
  record Category(String name, String field, boolean nullable, List<String> vocabulary)
      implements FeatureSpec {
    public Category {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(field, "field");
      vocabulary = List.copyOf(vocabulary);
    }

    /// The slot value of a word outside the vocabulary: one past its last index.
    public int unknownIndex() {
      return vocabulary.size();
    }
  }

  /// The position of a timestamp within a cycle, in seconds from its start: 0 (inclusive) to
  /// [Cycle#seconds()] (exclusive).
  record CyclicTime(String name, String field, boolean nullable, Cycle cycle)
      implements FeatureSpec {
    public CyclicTime {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(cycle, "cycle");
    }
  }
}
