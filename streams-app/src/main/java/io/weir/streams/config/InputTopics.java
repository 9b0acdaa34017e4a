package io.weir.streams.config;

import java.util.List;
import java.util.regex.Pattern;

/// Which topics are scored.
public sealed interface InputTopics {
  /// Whether a topic is among them.
  boolean includes(String topic);

  /// Topics given by name.
  record Listed(List<String> topics) implements InputTopics {
    public Listed {
      topics = List.copyOf(topics);
    }

    @Override
    public boolean includes(String topic) {
      return topics.contains(topic);
    }
  }

  /// Topics whose whole name matches a pattern.
  record Matching(Pattern pattern) implements InputTopics {
    @Override
    public boolean includes(String topic) {
      return pattern.matcher(topic).matches();
    }
  }
}
