package io.weir.local;

import io.weir.local.SchemaStore.Version;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/// What the registry answers about compatibility: its levels, and the checks they ask for. The
/// routes under `compatibility` and `config`.
final class CompatibilityAnswers {

  private static final CompatibilityLevel USUAL = CompatibilityLevel.BACKWARD;

  private final SchemaStore store;
  private final Map<String, CompatibilityLevel> ownLevels = new HashMap<>();
  private CompatibilityLevel globalLevel = USUAL;

  CompatibilityAnswers(SchemaStore store) {
    this.store = store;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            "compatibility/subjects/*/versions",
            (request, subject) ->
                check(request, subject.getFirst(), store.versions(subject.getFirst(), false))),
        Route.of(
            "POST",
            "compatibility/subjects/*/versions/*",
            (request, which) ->
                check(
                    request,
                    which.getFirst(),
                    named(which.getFirst(), VersionNumber.of(which.getLast())))),
        Route.of("GET", "config", (request, none) -> shown(globalLevel)),
        Route.of("PUT", "config", (request, none) -> setGlobal(request)),
        Route.of("DELETE", "config", (request, none) -> resetGlobal()),
        Route.of("GET", "config/*", (request, subject) -> get(request, subject.getFirst())),
        Route.of("PUT", "config/*", (request, subject) -> set(request, subject.getFirst())),
        Route.of("DELETE", "config/*", (request, subject) -> reset(subject.getFirst())));
  }

  /// Lets a schema pass that a subject's level allows as its next version.
  ///
  /// @throws RegistryException if the level does not allow it
  void require(String subject, Schema schema) {
    List<String> problems =
        level(subject).problems(schema, schemas(store.versions(subject, false)));
    if (!problems.isEmpty()) {
      throw RegistryException.incompatible(
          "Schema being registered is incompatible with an earlier schema for subject \"%s\", compatibility %s, details: %s"
              .formatted(subject, level(subject), problems));
    }
  }

  private Object check(RegistryRequest request, String subject, List<Version> earlier) {
    List<String> problems =
        level(subject).problems(RequestedSchema.in(request.body()), schemas(earlier));
    var answer = new LinkedHashMap<String, Object>();
    answer.put("is_compatible", problems.isEmpty());
    if (request.flag("verbose")) {
      answer.put("messages", problems);
    }
    return answer;
  }

  // Nothing stands against the first schema of a subject, so asking for the latest one is no error
  // there.
  private List<Version> named(String subject, VersionNumber number) {
    return switch (number) {
      case VersionNumber.Latest latest ->
          store.versions(subject, false).isEmpty()
              ? List.of()
              : List.of(store.version(subject, latest, false));
      case VersionNumber.Exactly exact -> List.of(store.version(subject, exact, false));
    };
  }

  private CompatibilityLevel level(String subject) {
    return ownLevels.getOrDefault(subject, globalLevel);
  }

  private Object get(RegistryRequest request, String subject) {
    if (!ownLevels.containsKey(subject) && !request.flag("defaultToGlobal")) {
      throw RegistryException.noLevelOfItsOwn(subject);
    }
    return shown(level(subject));
  }

  private Object set(RegistryRequest request, String subject) {
    CompatibilityLevel level = requested(request);
    ownLevels.put(subject, level);
    return Map.of("compatibility", level.name());
  }

  private Object reset(String subject) {
    CompatibilityLevel former = ownLevels.remove(subject);
    if (former == null) {
      throw RegistryException.noLevelOfItsOwn(subject);
    }
    return shown(former);
  }

  private Object setGlobal(RegistryRequest request) {
    globalLevel = requested(request);
    return Map.of("compatibility", globalLevel.name());
  }

  private Object resetGlobal() {
    CompatibilityLevel former = globalLevel;
    globalLevel = USUAL;
    return shown(former);
  }

  private static CompatibilityLevel requested(RegistryRequest request) {
    return CompatibilityLevel.named(request.body().path("compatibility").asText());
  }

  private static Object shown(CompatibilityLevel level) {
    return Map.of("compatibilityLevel", level.name());
  }

  private static List<Schema> schemas(List<Version> versions) {
    return versions.stream().map(version -> new Schema.Parser().parse(version.schema())).toList();
  }
}
