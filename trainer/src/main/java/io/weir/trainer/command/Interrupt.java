package io.weir.trainer.command;

import java.io.PrintWriter;
import org.jline.utils.Signals;

/// Ctrl-C, heard once as a wish to stop: [#requested()] turns true and the program goes on to a
/// tidy end. The second one ends the process at once. Until [#close()].
final class Interrupt implements AutoCloseable {
  private static final String SIGNAL = "INT";

  /// What a shell reports for a process that Ctrl-C ended: 128 + SIGINT.
  static final int EXIT_CODE = 130;

  private final PrintWriter messages;
  private final String whatHappens;
  private Object previous;
  private volatile boolean requested;

  /// @param whatHappens told at the first Ctrl-C
  Interrupt(PrintWriter messages, String whatHappens) {
    this.messages = messages;
    this.whatHappens = whatHappens;
  }

  /// Listens from now on, in place of whoever listened before.
  Interrupt listen() {
    previous = Signals.register(SIGNAL, this::heard);
    return this;
  }

  private void heard() {
    if (requested) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    requested = true;
    messages.println(whatHappens);
    messages.flush();
  }

  /// Whether Ctrl-C was pressed.
  boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    Signals.unregister(SIGNAL, previous);
  }
}
