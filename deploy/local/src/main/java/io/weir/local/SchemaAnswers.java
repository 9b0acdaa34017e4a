package io.weir.local;

import io.weir.local.Route.RawJson;
import io.weir.local.SchemaStore.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;

/// What the registry answers about schemas and subjects: the routes under `schemas` and `subjects`.
final class SchemaAnswers {

  private final SchemaStore store;
  private final CompatibilityAnswers compatibility;

  SchemaAnswers(SchemaStore store, CompatibilityAnswers compatibility) {
    this.store = store;
    this.compatibility = compatibility;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "schemas", (request, none) -> list(request)),
        Route.of("GET", "schemas/types", (request, none) -> List.of("AVRO")),
        Route.of("GET", "schemas/ids/*", (request, id) -> Map.of("schema", schema(id))),
        Route.of("GET", "schemas/ids/*/schema", (request, id) -> new RawJson(schema(id))),
        Route.of("GET", "schemas/ids/*/subjects", this::subjectsOfId),
        Route.of("GET", "schemas/ids/*/versions", this::versionsOfId),
        Route.of("GET", "subjects", (request, none) -> subjects(request)),
        Route.of("POST", "subjects/*", (request, subject) -> lookup(request, subject.getFirst())),
        Route.of(
            "DELETE",
            "subjects/*",
            (request, subject) ->
                store.deleteSubject(subject.getFirst(), request.flag("permanent"))),
        Route.of(
            "GET",
            "subjects/*/versions",
            (request, subject) -> versions(request, subject.getFirst())),
        Route.of(
            "POST",
            "subjects/*/versions",
            (request, subject) -> register(request, subject.getFirst())),
        Route.of(
            "GET", "subjects/*/versions/*", (request, which) -> shown(version(request, which))),
        Route.of(
            "GET",
            "subjects/*/versions/*/schema",
            (request, which) -> new RawJson(version(request, which).schema())),
        Route.of("GET", "subjects/*/versions/*/referencedby", this::referencedBy),
        Route.of(
            "DELETE",
            "subjects/*/versions/*",
            (request, which) ->
                store.deleteVersion(
                    which.getFirst(),
                    VersionNumber.of(which.getLast()),
                    request.flag("permanent"))));
  }

  private Object register(RegistryRequest request, String subject) {
    if (request.body().path("id").asInt() > 0 || request.body().path("version").asInt() > 0) {
      throw RegistryException.notPermitted(
          "Subject %s is not in import mode: the registry chooses id and version. Leave both out."
              .formatted(subject));
    }
    Schema schema = RequestedSchema.in(request.body());
    int id =
        store.find(subject, schema, false).map(Version::id).orElseGet(() -> add(subject, schema));
    return Map.of("id", id);
  }

  private int add(String subject, Schema schema) {
    compatibility.require(subject, schema);
    return store.add(subject, schema).id();
  }

  private Object lookup(RegistryRequest request, String subject) {
    Schema schema = RequestedSchema.in(request.body());
    boolean withDeleted = request.flag("deleted");
    if (store.versions(subject, withDeleted).isEmpty()) {
      throw RegistryException.unknownSubject(subject);
    }
    return shown(
        store.find(subject, schema, withDeleted).orElseThrow(RegistryException::unknownSchema));
  }

  private Object list(RegistryRequest request) {
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    var answer = new ArrayList<Map<String, Object>>();
    for (String subject : store.subjects(request.flag("deleted"))) {
      if (subject.startsWith(prefix)) {
        List<Version> versions = store.versions(subject, request.flag("deleted"));
        List<Version> wanted = request.flag("latestOnly") ? List.of(versions.getLast()) : versions;
        wanted.stream().map(SchemaAnswers::shown).forEach(answer::add);
      }
    }
    return answer;
  }

  private Object subjects(RegistryRequest request) {
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    return store.subjects(request.flag("deleted")).stream()
        .filter(subject -> subject.startsWith(prefix))
        .toList();
  }

  private Object versions(RegistryRequest request, String subject) {
    List<Version> versions = store.versions(subject, request.flag("deleted"));
    if (versions.isEmpty()) {
      throw RegistryException.unknownSubject(subject);
    }
    return versions.stream().map(Version::number).toList();
  }

  private Version version(RegistryRequest request, List<String> which) {
    return store.version(
        which.getFirst(), VersionNumber.of(which.getLast()), request.flag("deleted"));
  }

  // No schema here refers to another.
  private Object referencedBy(RegistryRequest request, List<String> which) {
    version(request, which);
    return List.of();
  }

  private Object subjectsOfId(RegistryRequest request, List<String> id) {
    return new TreeSet<>(usersOfId(request, id, Version::subject));
  }

  private Object versionsOfId(RegistryRequest request, List<String> id) {
    return usersOfId(
        request, id, user -> Map.of("subject", user.subject(), "version", user.number()));
  }

  private <T> List<T> usersOfId(
      RegistryRequest request, List<String> id, Function<Version, T> view) {
    return withId(id).stream()
        .filter(user -> !user.deleted() || request.flag("deleted"))
        .map(view)
        .toList();
  }

  private String schema(List<String> id) {
    return withId(id).getFirst().schema();
  }

  private List<Version> withId(List<String> id) {
    try {
      return store.withId(Integer.parseInt(id.getFirst()));
    } catch (NumberFormatException e) {
      throw RegistryException.http(404, "HTTP 404 Not Found");
    }
  }

  private static Map<String, Object> shown(Version version) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("subject", version.subject());
    shown.put("version", version.number());
    shown.put("id", version.id());
    shown.put("schema", version.schema());
    return shown;
  }
}
