package io.weir.demo;

/// How to look at the demo's topics from another terminal.
///
/// @param input name of the topic with the events
record Connections(Platform platform, DemoSettings settings, String input) {
  String text() {
    String bootstrap = platform.bootstrap();
    String registry = platform.registry();
    return """

    Still up until Ctrl-C:
      bootstrap.servers    %1$s
      schema registry      %2$s
      topics               %3$s (events), %4$s, %5$s%6$s

    From another terminal:
      the processor again  ./weir run --config %7$s
      the events in bytes  kcat -b %1$s -t %3$s -C -c 3 -f '%%k %%S bytes at %%T\\n'
      alerts as they come  ./weir alerts --config %7$s
      alerts in Python     python3 docs/consumers/python/read_alerts.py %1$s %2$s %4$s
      alert schema         curl -s %2$s/subjects/%4$s-value/versions/latest
      score a file         ./weir score --model %8$s --data %9$s
      the model's card     ./weir inspect --model %8$s\
    """
        .formatted(
            bootstrap,
            registry,
            input,
            Platform.ALERTS,
            Platform.DEAD_LETTERS,
            settings.scores() ? ", " + Platform.SCORES : "",
            settings.properties(),
            settings.model(),
            settings.history());
  }
}
