package io.weir.streams.replay;

import java.nio.file.Path;

/// Where it is written which events were anomalous.
public sealed interface LabelSource {
  /// A CSV file that names them by `partition,offset[,topic]` or by time: `from,to[,key]`.
  record Listed(Path file) implements LabelSource {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// A field of the events themselves, a boolean or 0 and 1.
  ///
  /// @param name a dotted path into nested records
  record Field(String name) implements LabelSource {
    @Override
    public String toString() {
      return "field " + name;
    }
  }
}
