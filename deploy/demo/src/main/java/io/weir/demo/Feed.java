package io.weir.demo;

import io.weir.demo.source.PaymentSource;
import io.weir.demo.stream.EventProducer;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `weir feed`: the demo's card payments into a broker that is there already, such as that of
/// `deploy/compose`, whose topics must exist.
@Command(
    name = "weir feed",
    description =
        "Sends the demo's card payments, with fraud among them, to a broker until Ctrl-C. They suit"
            + " the model of weir demo --directory=DIR.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class Feed implements Callable<Integer> {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "The broker (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081/apis/ccompat/v7",
      description = "The schema registry (default: ${DEFAULT-VALUE}).")
  private String registry;

  @Option(
      names = "--topic",
      defaultValue = "payments",
      description = "Where they go (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Payments per second, 0 for as fast as possible (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--events", paramLabel = "N", description = "How many (default: no end).")
  private long events = Long.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the payments (default: ${DEFAULT-VALUE}; weir demo trains on those of 1).")
  private long seed;

  @Override
  public Integer call() throws Exception {
    try (PaymentSource source = new PaymentSource(seed, 1);
        EventProducer producer = new EventProducer(bootstrapServers, registry, topic)) {
      producer.pace(rate);
      for (long sent = 0; sent < events; sent++) {
        producer.send(source.next());
      }
      producer.flush();
    }
    return CommandLine.ExitCode.OK;
  }

  /// @param args see `--help`
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(
        new CommandLine(new Feed())
            .setUsageHelpWidth(100)
            .setExecutionExceptionHandler(
                (e, command, _) -> {
                  command.getErr().println("weir: " + Failure.message(e));
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args));
  }
}
