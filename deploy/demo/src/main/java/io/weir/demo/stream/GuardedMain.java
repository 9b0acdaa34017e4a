package io.weir.demo.stream;

import io.weir.streams.Main;
import java.io.IOException;

/// [io.weir.streams.Main] for as long as the process that started it lives, however that one ends:
/// standard input is a pipe from there, and breaks with it.
public final class GuardedMain {
  private GuardedMain() {}

  /// @param args as for [io.weir.streams.Main]
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().name("parent-watch").start(GuardedMain::endWithParent);
    Main.main(args);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    System.exit(0);
  }
}
