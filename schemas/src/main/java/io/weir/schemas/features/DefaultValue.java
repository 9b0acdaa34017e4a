package io.weir.schemas.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// What a field's default is as a feature: the default is written as Avro and read by a program of
/// its own, so that it obeys the same rules as a value that was sent.
///
/// @param status `OK`, or why the default gives no feature
record DefaultValue(DecodeStatus status, float value) {

  /// @param field of the reader schema, with a default
  /// @param target whose path begins with the field
  static DefaultValue of(Schema.Field field, Target target) {
    Target inside = new Target(0, target.spec(), target.inside().path());
    Code code = SchemaCompiler.compile(field.schema(), null, List.of(inside));
    byte[] bytes = encode(field);
    float[] out = new float[1];
    int end =
        new Interpreter(code, new boolean[] {target.spec().nullable()})
            .run(0, bytes, 0, bytes.length, out, 0, 0, null);
    return end < 0
        ? new DefaultValue(DecodeStatus.values()[-end], Float.NaN)
        : new DefaultValue(DecodeStatus.OK, out[0]);
  }

  private static byte[] encode(Schema.Field field) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    Object value = GenericData.get().getDefaultValue(field);
    try {
      new GenericDatumWriter<>(field.schema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
