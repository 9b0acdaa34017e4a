package io.weir.benchmarks.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is asked for.
///
/// @param machines names of machines, all by default
/// @param segments how many anomalies of each machine, all by default
/// @param events how many of each anomaly: those with the highest scores
/// @param epochs of the training
record Arguments(List<String> machines, int segments, int events, int epochs) {
  private static final String USAGE =
      "[--machines NAME,...] [--segments N] [--events N] [--epochs N]";

  /// @param known the machines that there are
  static Arguments parse(String[] args, List<String> known) {
    Arguments arguments = new Arguments(known, Integer.MAX_VALUE, 1, 30);
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " lacks its value; " + USAGE);
      }
      arguments = arguments.with(args[i], args[i + 1]);
    }
    List<String> unknown = new ArrayList<>(arguments.machines);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--machines %s: there are %s".formatted(String.join(",", unknown), known));
    }
    return arguments;
  }

  private Arguments with(String flag, String value) {
    return switch (flag) {
      case "--machines" -> new Arguments(Arrays.asList(value.split(",")), segments, events, epochs);
      case "--segments" -> new Arguments(machines, number(flag, value), events, epochs);
      case "--events" -> new Arguments(machines, segments, number(flag, value), epochs);
      case "--epochs" -> new Arguments(machines, segments, events, number(flag, value));
      default -> throw new IllegalArgumentException("there is no " + flag + "; " + USAGE);
    };
  }

  private static int number(String flag, String value) {
    if (!value.matches("[1-9]\\d{0,6}")) {
      throw new IllegalArgumentException(flag + " " + value + ": a number from 1 is expected");
    }
    return Integer.parseInt(value);
  }
}
