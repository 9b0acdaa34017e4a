package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;

/// Who the brokers take this client for, as far as the settings tell. The rest of them is secret.
///
/// @param name what stands after `User:`; a placeholder if the settings do not tell
record Principal(String name) {
  private static final Pattern USERNAME =
      Pattern.compile("\\busername\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;\"']+))");

  static Principal of(Settings settings) {
    Object jaas = settings.kafka().get(SaslConfigs.SASL_JAAS_CONFIG);
    Matcher found = USERNAME.matcher(jaas == null ? "" : jaas.toString());
    if (!found.find()) {
      return new Principal("<name>");
    }
    for (int group = 1; group <= 3; group++) {
      if (found.group(group) != null) {
        return new Principal(found.group(group));
      }
    }
    throw new IllegalStateException("one of the groups has matched");
  }

  /// As in ACLs.
  String shown() {
    return "User:" + name;
  }
}
