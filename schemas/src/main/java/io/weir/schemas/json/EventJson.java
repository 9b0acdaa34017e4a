package io.weir.schemas.json;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// An Avro record, such as an alert, as one line of JSON: its fields by their Avro names, in the
/// order of its schema, nested records alike.
///
/// The same record gives the same bytes in Java, Python and JavaScript (`docs/consumers`):
/// - Numbers as in RFC 8785 (JSON Canonicalization Scheme), which is how JavaScript prints them; a
///   float is widened to a double first. What is not finite is a string: `"NaN"`, `"Infinity"`,
///   `"-Infinity"`. Integers have all their digits.
/// - Times are milliseconds since 1970-01-01 UTC.
/// - Bytes, such as a key, as text or in hex: see [KeyText].
/// - Strings as JavaScript's `JSON.stringify`; in addition, what a terminal could obey is escaped.
///   See [SafeText].
public final class EventJson {
  private EventJson() {}

  /// The line, without its end.
  ///
  /// @throws IllegalArgumentException for a type that no event of Weir has: map, enum, fixed
  public static String line(IndexedRecord event) {
    StringBuilder out = new StringBuilder(2_048);
    object(event, out);
    return out.toString();
  }

  private static void object(IndexedRecord event, StringBuilder out) {
    char before = '{';
    for (Schema.Field field : event.getSchema().getFields()) {
      out.append(before);
      SafeText.json(field.name(), out);
      out.append(':');
      value(event.get(field.pos()), out);
      before = ',';
    }
    out.append('}');
  }

  private static void value(Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case IndexedRecord nested -> object(nested, out);
      case Iterable<?> items -> array(items, out);
      case ByteBuffer bytes -> SafeText.json(KeyText.of(bytes), out);
      case CharSequence text -> SafeText.json(text, out);
      case Instant time -> out.append(time.toEpochMilli());
      case Integer whole -> out.append(whole.intValue());
      case Long whole -> out.append(whole.longValue());
      case Float number -> JsonNumber.append(number, out);
      case Double number -> JsonNumber.append(number, out);
      case Boolean flag -> out.append(flag.booleanValue());
      default ->
          throw new IllegalArgumentException(
              "A " + value.getClass().getName() + " has no form in JSON");
    }
  }

  private static void array(Iterable<?> items, StringBuilder out) {
    out.append('[');
    for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
      value(each.next(), out);
      if (each.hasNext()) {
        out.append(',');
      }
    }
    out.append(']');
  }
}
