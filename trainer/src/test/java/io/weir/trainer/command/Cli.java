package io.weir.trainer.command;

import io.weir.trainer.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line within this process.
///
/// @param exit the exit code
/// @param out what went to stdout
/// @param err what went to stderr
record Cli(int exit, String out, String err) {
  static Cli weir(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Cli(exit, out.toString(), err.toString());
  }
}
