package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import io.weir.trainer.config.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The values of the `--config` file as defaults of the flags of the same names: a flag that is
/// given overrides the file, the file overrides the preset.
///
/// picocli asks for defaults after it has read the arguments, so `--config` has its value by then.
final class ConfigDefaults implements IDefaultValueProvider {
  private static final String CONFIG = "--config";

  /// Names that make no sense inside the file.
  private static final Set<String> NOT_IN_FILE = Set.of("config", "help", "verbose", "version");

  private ConfigFile file;

  @Override
  public String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || CONFIG.equals(option.longestName())) {
      return null;
    }
    ConfigFile read = file(option.command());
    if (read == null) {
      return null;
    }
    String key = key(option);
    List<String> values = read.values(key).orElse(null);
    if (values == null) {
      return null;
    }
    if (values.size() > 1 && !option.isMultiValue()) {
      throw new ConfigException(
          "%s: key \"%s\" takes one value, not %d".formatted(read.path(), key, values.size()));
    }
    return String.join(",", values);
  }

  private ConfigFile file(CommandSpec command) {
    Path path = command.findOption(CONFIG).getValue();
    if (path != null && file == null) {
      Set<String> keys = new TreeSet<>();
      command.options().forEach(option -> keys.add(key(option)));
      keys.removeAll(NOT_IN_FILE);
      file = ConfigFile.read(path, keys);
    }
    return file;
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^--?", "");
  }
}
