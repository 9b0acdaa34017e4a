package io.weir.demo;

import java.nio.file.Path;

/// What the command line asked for.
///
/// @param once whether to end after `events`; otherwise at Ctrl-C
/// @param events number of live events, [Long#MAX_VALUE] for all there are
/// @param burst number of further events sent as fast as possible, their alerts not shown
/// @param rate live events per second, 0 for as fast as possible
/// @param keep whether broker and registry stay up after the stream until Ctrl-C
/// @param directory where everything is written
/// @param temporary whether `directory` goes away at the end
/// @param scores whether every score is written to a topic
/// @param preset the trainer's, null for its default
/// @param epochs of the training
/// @param threshold as in `weir.threshold`
/// @param seed of the training
record DemoSettings(
    boolean once,
    long events,
    long burst,
    double rate,
    boolean keep,
    Path directory,
    boolean temporary,
    boolean scores,
    int brokerPort,
    int registryPort,
    String preset,
    int epochs,
    String threshold,
    long seed) {
  Path history() {
    return directory.resolve("history.csv");
  }

  Path model() {
    return directory.resolve("model.onnx");
  }

  Path trainingLog() {
    return directory.resolve("training.log");
  }

  Path properties() {
    return directory.resolve("weir.properties");
  }

  Path demoLog() {
    return directory.resolve("weir-demo.log");
  }

  Path applicationLog() {
    return directory.resolve("weir-run.log");
  }
}
