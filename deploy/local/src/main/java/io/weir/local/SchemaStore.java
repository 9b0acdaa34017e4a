package io.weir.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/// What the registry knows: each schema once, under an id, and for each subject its versions. Lives
/// in memory.
///
/// A deleted version is hidden first, and gone only when it is deleted permanently. Not safe for
/// concurrent use.
final class SchemaStore {

  /// One version of a subject.
  ///
  /// @param number from 1
  /// @param schema in Avro's JSON, as [Schema#toString()] writes it
  record Version(String subject, int number, int id, String schema, boolean deleted) {

    private Version hidden() {
      return new Version(subject, number, id, schema, true);
    }
  }

  // An id is never given to another schema, not even after a permanent deletion: records that carry
  // it may lie in a topic.
  private final Map<String, Integer> ids = new HashMap<>();
  private final NavigableMap<String, NavigableMap<Integer, Version>> subjects = new TreeMap<>();

  /// Names of the subjects that have a version to show, in alphabetical order.
  List<String> subjects(boolean withDeleted) {
    return subjects.keySet().stream()
        .filter(subject -> !versions(subject, withDeleted).isEmpty())
        .toList();
  }

  /// The versions of a subject, oldest first; none for a subject that nobody knows.
  List<Version> versions(String subject, boolean withDeleted) {
    var versions = subjects.get(subject);
    return versions == null
        ? List.of()
        : versions.values().stream().filter(version -> withDeleted || !version.deleted()).toList();
  }

  /// One version of a subject.
  ///
  /// @throws RegistryException if there is no such subject or version to show
  Version version(String subject, VersionNumber wanted, boolean withDeleted) {
    List<Version> versions = versions(subject, withDeleted);
    if (versions.isEmpty()) {
      throw RegistryException.unknownSubject(subject);
    }
    return switch (wanted) {
      case VersionNumber.Latest() -> versions.getLast();
      case VersionNumber.Exactly(int number) ->
          versions.stream()
              .filter(version -> version.number() == number)
              .findFirst()
              .orElseThrow(() -> RegistryException.unknownVersion(number));
    };
  }

  /// The newest version of a subject that has exactly this schema.
  Optional<Version> find(String subject, Schema schema, boolean withDeleted) {
    String text = schema.toString();
    return versions(subject, withDeleted).reversed().stream()
        .filter(version -> version.schema().equals(text))
        .findFirst();
  }

  /// The versions of whatever subject, deleted or not, that have the schema of this id.
  ///
  /// @throws RegistryException if there is none
  List<Version> withId(int id) {
    List<Version> users =
        subjects.values().stream()
            .flatMap(versions -> versions.values().stream())
            .filter(version -> version.id() == id)
            .toList();
    if (users.isEmpty()) {
      throw RegistryException.unknownSchema(id);
    }
    return users;
  }

  /// Adds a version to a subject, whatever its earlier versions are.
  Version add(String subject, Schema schema) {
    String text = schema.toString();
    int id = ids.computeIfAbsent(text, unseen -> ids.size() + 1);
    var versions = subjects.computeIfAbsent(subject, unseen -> new TreeMap<>());
    int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
    var version = new Version(subject, number, id, text, false);
    versions.put(number, version);
    return version;
  }

  /// Hides a subject, or removes a hidden one for good.
  ///
  /// @return numbers of the versions that it had
  /// @throws RegistryException if there is no such subject, or it is not in the state that the step
  ///   asks for
  List<Integer> deleteSubject(String subject, boolean permanent) {
    if (!subjects.containsKey(subject)) {
      throw RegistryException.unknownSubject(subject);
    }
    List<Version> live = versions(subject, false);
    if (permanent && !live.isEmpty()) {
      throw RegistryException.subjectNotSoftDeleted(subject);
    }
    if (!permanent && live.isEmpty()) {
      throw RegistryException.subjectSoftDeleted(subject);
    }
    List<Version> gone = permanent ? versions(subject, true) : live;
    if (permanent) {
      subjects.remove(subject);
    } else {
      subjects.get(subject).replaceAll((number, version) -> version.hidden());
    }
    return gone.stream().map(Version::number).toList();
  }

  /// Hides a version, or removes a hidden one for good.
  ///
  /// @return its number
  /// @throws RegistryException if there is no such version, or it is not in the state that the step
  ///   asks for
  int deleteVersion(String subject, VersionNumber wanted, boolean permanent) {
    Version version = version(subject, wanted, true);
    int number = version.number();
    if (permanent && !version.deleted()) {
      throw RegistryException.versionNotSoftDeleted(subject, number);
    }
    if (!permanent && version.deleted()) {
      throw RegistryException.versionSoftDeleted(subject, number);
    }
    var versions = subjects.get(subject);
    if (permanent) {
      versions.remove(number);
      subjects.values().removeIf(Map::isEmpty);
    } else {
      versions.put(number, version.hidden());
    }
    return number;
  }
}
