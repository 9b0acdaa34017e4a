package io.weir.demo.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;

/// A history to train on, followed by live events.
public sealed interface EventSource extends AutoCloseable permits FileSource, PaymentSource {
  /// What the events are called, in the plural, such as `payments`: names the topic and the model.
  String name();

  /// What the events are, for people.
  String description();

  /// Writes the history as CSV with a header. Called once, before [#next()].
  ///
  /// @return what was written, for people, such as `30,000 payments, 1.1 % of them fraud`
  String writeHistory(Path csv) throws IOException;

  /// The flags of `weir train` that fit the history, but for `--data` and `--out`.
  List<String> trainingFlags();

  /// Lets the source know the model that was trained on its history.
  void trained(Path model) throws IOException;

  /// The schema of the live events; known once the model is.
  Schema schema();

  /// The next live event, or null at the end.
  StreamEvent next() throws IOException;

  @Override
  void close() throws IOException;
}
