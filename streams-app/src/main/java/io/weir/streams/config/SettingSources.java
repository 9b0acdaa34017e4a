package io.weir.streams.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// Lays the sources of settings over each other, each stronger than the one before: file,
/// environment, command line.
///
/// The environment variable `WEIR_ALERTS_TOPIC` sets `weir.alerts.topic`,
/// `WEIR_KAFKA_BOOTSTRAP_SERVERS` sets `bootstrap.servers`. A variable that names no setting is
/// reported and passed over, not refused: Kubernetes sets such ones for every service of the
/// namespace.
public final class SettingSources {
  private static final String VARIABLE_PREFIX = "WEIR_";
  private static final String KAFKA_VARIABLE_PREFIX = "WEIR_KAFKA_";

  /// Variables with Weir's prefix that the launcher reads, or the tests.
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "WEIR_JAVA_OPTS",
          "WEIR_MAVEN_OPTS",
          "WEIR_DEBUG",
          "WEIR_HOME",
          "WEIR_DATA",
          "WEIR_CONTAINERS",
          "WEIR_IMAGE");

  private final Map<String, Sourced> settings = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /// A value and where it comes from.
  record Sourced(String value, String source) {}

  /// Adds a `.properties` file in UTF-8.
  public SettingSources file(Path file) {
    Properties properties =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            Object before = super.put(key, value);
            if (before != null && !before.equals(value)) {
              problems.add(key + " is given twice in " + file + ": keep one of the two lines");
            }
            return before;
          }
        };
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      problems.add("there is no settings file " + file + ": check the path after --config");
    } catch (CharacterCodingException e) {
      problems.add("the settings file " + file + " is not UTF-8: save it as UTF-8");
    } catch (IOException | IllegalArgumentException e) {
      problems.add("the settings file " + file + " cannot be read: " + e.getMessage());
    }
    properties.stringPropertyNames().forEach(key -> put(key, properties.getProperty(key), "file"));
    return this;
  }

  /// Adds what the environment says.
  public SettingSources environment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(KAFKA_VARIABLE_PREFIX)) {
                put(key(variable.substring(KAFKA_VARIABLE_PREFIX.length())), value, "environment");
              } else if (variable.startsWith(VARIABLE_PREFIX) && !NOT_SETTINGS.contains(variable)) {
                weirVariable(variable, value);
              }
            });
    return this;
  }

  private void weirVariable(String variable, String value) {
    String key = key(variable);
    if (SettingKeys.DEFINITION.names().contains(key)
        || key.startsWith(SettingKeys.REGISTRY_PREFIX)
        || key.startsWith(SettingKeys.IGNORE_PREFIX)) {
      put(key, value, "environment");
    } else {
      warnings.add(
          "the environment variable "
              + variable
              + " sets nothing: there is no setting "
              + key
              + SettingKeys.instead(key));
    }
  }

  /// Adds what stands on the command line, or what a program that embeds Weir sets.
  public SettingSources flags(Map<String, String> flags) {
    flags.forEach((key, value) -> put(key, value, "flag"));
    return this;
  }

  /// Checks everything.
  ///
  /// @throws InvalidSettingsException with all problems of all sources
  public Settings settings() {
    return new SettingCheck(settings, problems, warnings).settings();
  }

  /// Checks what a command needs that reads topics of a running processor. What `run` requires
  /// beyond that may be missing; what is there must be right.
  ///
  /// @throws InvalidSettingsException with all problems of all sources
  public ClientSettings client() {
    return new SettingCheck(settings, problems, warnings).client();
  }

  /// Checks what the webhook needs.
  ///
  /// @throws InvalidSettingsException with all problems of all sources
  public WebhookSettings webhook() {
    return new SettingCheck(settings, problems, warnings).webhook();
  }

  private void put(String key, String value, String source) {
    settings.put(key.strip(), new Sourced(value.strip(), source));
  }

  private static String key(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
