package io.weir.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/// What a new version of a schema must be able to do with data of the earlier ones, and they with
/// its data; decided by Avro's schema resolution.
enum CompatibilityLevel {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean transitive;

  CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean transitive) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.transitive = transitive;
  }

  /// The level of this name in any case.
  ///
  /// @throws RegistryException if there is none
  static CompatibilityLevel named(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw RegistryException.invalidLevel(name);
    }
  }

  /// What stands against a new version; nothing if it is compatible.
  ///
  /// @param earlier the versions so far, oldest first; a level that is not transitive looks at the
  ///   last one only
  List<String> problems(Schema candidate, List<Schema> earlier) {
    var problems = new ArrayList<String>();
    int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
    for (Schema old : earlier.subList(first, earlier.size())) {
      if (newReadsOld) {
        addProblems("the new schema", candidate, "the earlier schema", old, problems);
      }
      if (oldReadsNew) {
        addProblems("the earlier schema", old, "the new schema", candidate, problems);
      }
    }
    return problems;
  }

  private static void addProblems(
      String reader,
      Schema readerSchema,
      String writer,
      Schema writerSchema,
      List<String> problems) {
    var result =
        SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writerSchema).getResult();
    for (var problem : result.getIncompatibilities()) {
      problems.add(
          "%s at %s: %s cannot read data of %s: %s"
              .formatted(
                  problem.getType(), problem.getLocation(), reader, writer, problem.getMessage()));
    }
  }
}
