package io.weir.trainer.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.trainer.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;

/// `settings.json`: what all trainings of a folder have in common, by name. Results of other
/// settings do not belong beside them.
final class SettingsFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SettingsFile() {}

  /// Makes sure that the settings are those of the file.
  ///
  /// @throws ConfigException naming every setting that differs
  static void require(Path file, Map<String, String> settings) throws IOException {
    Map<String, String> before = read(file);
    if (before.equals(settings)) {
      return;
    }
    StringJoiner differences = new StringJoiner("; ");
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(settings.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), settings.get(name))) {
        differences.add(
            "%s was %s, now %s"
                .formatted(name, shown(before.get(name)), shown(settings.get(name))));
      }
    }
    throw new ConfigException(
        """
        %s holds an experiment with other settings: %s.
        Take those to go on with it, or choose another --out; only the grid may change.\
        """
            .formatted(file.toAbsolutePath().getParent(), differences));
  }

  /// Writes the settings of a folder that has no results yet.
  static void write(Path file, Map<String, String> settings) throws IOException {
    WholeFile.write(file, JSON.writeValueAsString(settings) + "\n");
  }

  private static String shown(String value) {
    return value == null ? "not given" : value;
  }

  private static Map<String, String> read(Path file) throws IOException {
    try {
      return JSON.readValue(
          Files.readString(file), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException | NoSuchFileException e) {
      throw new ExperimentException(
          "%s is missing or damaged, so nobody can tell what the runs beside it were: choose another --out"
              .formatted(file));
    }
  }
}
