package io.weir.trainer.data.topic;

import io.weir.schemas.NearestNames;
import io.weir.trainer.data.ask.DataException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// How brokers and schema registry are reached. Its text names addresses only: the settings may
/// hold passwords.
public final class Connection {
  /// In front of the keys for the registry's client.
  static final String REGISTRY_PREFIX = "schema.registry.";

  private static final String REGISTRY_URL = REGISTRY_PREFIX + "url";

  /// What reading a frozen part of a topic decides by itself.
  private static final Set<String> DECIDED =
      Set.of(
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

  private final String bootstrap;
  private final List<String> registries;
  private final Map<String, String> kafka;
  private final Map<String, String> registry;
  private final List<String> notes;

  private Connection(
      String bootstrap,
      List<String> registries,
      Map<String, String> kafka,
      Map<String, String> registry,
      List<String> notes) {
    this.bootstrap = bootstrap;
    this.registries = List.copyOf(registries);
    this.kafka = Map.copyOf(kafka);
    this.registry = Map.copyOf(registry);
    this.notes = List.copyOf(notes);
  }

  /// Puts flags and file together; a flag goes before the file.
  ///
  /// @param bootstrap `host:port,...`, or null where the file says it
  /// @param registryUrls separated by commas, or null where the file says them
  /// @param file Kafka's properties of a consumer; keys that begin with `schema.registry.` go to
  ///   the registry's client without it; null without one
  /// @throws DataException where an address is missing, or the file is not readable or has a
  ///   misspelt key
  public static Connection of(String bootstrap, String registryUrls, Path file) {
    Map<String, String> settings = file == null ? Map.of() : read(file);
    Map<String, String> kafka = new TreeMap<>();
    Map<String, String> registry = new TreeMap<>();
    List<String> unused = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          if (DECIDED.contains(key)) {
            unused.add(key);
          } else if (key.startsWith(REGISTRY_PREFIX)) {
            registry.put(key.substring(REGISTRY_PREFIX.length()), value);
          } else {
            requireSpelt(file, key);
            kafka.put(key, value);
          }
        });
    String inFile = kafka.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    String urlInFile = registry.remove("url");
    String brokers = bootstrap == null ? inFile : bootstrap;
    String urls = registryUrls == null ? urlInFile : registryUrls;
    if (brokers == null || brokers.isBlank()) {
      throw new DataException(
          "A topic needs brokers: give --bootstrap-servers host:9092, or bootstrap.servers in the"
              + " file of --kafka-config");
    }
    if (urls == null || urls.isBlank()) {
      throw new DataException(
          "A topic needs a schema registry: give --registry http://host:8081, or %s in the file of --kafka-config"
              .formatted(REGISTRY_URL));
    }
    List<String> notes =
        unused.isEmpty()
            ? List.of()
            : List.of(
                "%s: %s %s no part here: a frozen part of the topic is read, without a group"
                    .formatted(
                        file, String.join(", ", unused), unused.size() == 1 ? "plays" : "play"));
    List<String> registries = Arrays.stream(urls.split(",")).map(String::strip).toList();
    return new Connection(brokers.strip(), registries, kafka, registry, notes);
  }

  /// `host:port,...` of the brokers.
  String bootstrap() {
    return bootstrap;
  }

  /// The registry's addresses, tried in turn; they may hold a password.
  List<String> registries() {
    return registries;
  }

  /// What people may read of the registry's addresses.
  String registryText() {
    return masked(String.join(",", registries));
  }

  /// A text without the passwords of the addresses in it.
  static String masked(String text) {
    return text == null ? "" : text.replaceAll("//[^/@\\s]*@", "//");
  }

  Map<String, String> kafka() {
    return kafka;
  }

  Map<String, String> registry() {
    return registry;
  }

  /// What people should know about the file.
  List<String> notes() {
    return notes;
  }

  @Override
  public String toString() {
    return "%s, registry %s".formatted(bootstrap, registryText());
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      // The message of a malformed line would quote it, and it may hold a password.
      throw new DataException(
          "%s cannot be read as Kafka properties (%s): one key=value per line is expected"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    return settings;
  }

  /// A key that nobody knows may be a plug-in's; one that is nearly a known one is a mistake.
  private static void requireSpelt(Path file, String key) {
    Set<String> known = new HashSet<>(ConsumerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    if (known.contains(key)) {
      return;
    }
    Stream<String> near = NearestNames.of(key, known).stream();
    near.filter(name -> Math.abs(name.length() - key.length()) <= 2)
        .min(Comparator.comparing(Objects::toString))
        .ifPresent(
            name -> {
              throw new DataException(
                  "%s: key \"%s\" is unknown: did you mean \"%s\"?".formatted(file, key, name));
            });
  }
}
