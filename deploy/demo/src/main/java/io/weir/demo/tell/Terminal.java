package io.weir.demo.tell;

import java.io.PrintStream;
import java.util.Locale;

/// The demo's voice on stdout. Colours only on a terminal, and never with `NO_COLOR` set.
public final class Terminal {
  /// A way to set words off.
  public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    MAGENTA("35");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean colours;
  private final long start = System.nanoTime();

  public Terminal(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /// Stdout, in colours if it is a terminal.
  public static Terminal standard() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new Terminal(System.out, terminal && System.getenv("NO_COLOR") == null);
  }

  /// Seconds since the demo began.
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /// A line with the time it was said at.
  public synchronized void say(String text, Object... values) {
    out.printf(
        Locale.ROOT,
        "%s %s%n",
        style(Style.DIM, "%6.1f s".formatted(seconds())),
        text.formatted(values));
    out.flush();
  }

  /// A line as it is.
  public synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  /// A line on stderr.
  public synchronized void fail(String text) {
    System.err.println(style(Style.RED, "weir: ") + text);
  }

  /// Words in a style.
  public String style(Style style, String words) {
    return colours && style != Style.PLAIN
        ? "\u001b[" + style.code + "m" + words + "\u001b[0m"
        : words;
  }
}
