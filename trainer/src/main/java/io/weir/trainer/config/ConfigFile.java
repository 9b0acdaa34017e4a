package io.weir.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A YAML file whose keys are the long names of a command's options, without their dashes.
///
/// A value is written as on the command line; a list may also be a YAML list, and `scale` a YAML
/// map of column to scaling.
public final class ConfigFile {
  private final Path path;
  private final Map<String, List<String>> values;

  private ConfigFile(Path path, Map<String, List<String>> values) {
    this.path = path;
    this.values = values;
  }

  /// Reads the file.
  ///
  /// @param known the keys that it may have
  /// @throws ConfigException when it cannot be read, is not a YAML map, or has unknown keys, all of
  ///   which are named
  public static ConfigFile read(Path path, Set<String> known) {
    JsonNode root = parse(path);
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    root.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (!known.contains(key)) {
                problems.add("key \"%s\" is unknown%s".formatted(key, Nearest.hint(key, known)));
              } else {
                values.put(key, words(path, key, entry.getValue()));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigException(path + ": " + String.join("\n" + path + ": ", problems));
    }
    return new ConfigFile(path, values);
  }

  /// The file.
  public Path path() {
    return path;
  }

  /// The words of a key: one for a plain value, any number for a list; empty where the file does
  /// not speak of it.
  public Optional<List<String>> values(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static JsonNode parse(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ConfigException("Configuration file %s does not exist".formatted(path));
    }
    try {
      JsonNode root =
          YAMLMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(path.toFile());
      if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
        throw new ConfigException(
            path + ": a map of settings is expected, one \"key: value\" per line");
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ConfigException(
          "%s, line %d: not valid YAML: %s"
              .formatted(path, line, e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new ConfigException("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  private static List<String> words(Path path, String key, JsonNode value) {
    List<String> words = new ArrayList<>();
    switch (value.getNodeType()) {
      case STRING, NUMBER, BOOLEAN -> words.add(value.asText());
      case ARRAY -> value.forEach(item -> words.add(scalar(path, key, item)));
      case OBJECT ->
          value
              .properties()
              .forEach(e -> words.add(e.getKey() + "=" + scalar(path, key, e.getValue())));
      case NULL, MISSING, BINARY, POJO ->
          throw new ConfigException(
              "%s: key \"%s\" has no value; leave the line out or give one".formatted(path, key));
    }
    return words;
  }

  private static String scalar(Path path, String key, JsonNode item) {
    if (!item.isValueNode() || item.isNull()) {
      throw new ConfigException(
          "%s: key \"%s\" holds %s; a list of plain values is expected".formatted(path, key, item));
    }
    return item.asText();
  }
}
