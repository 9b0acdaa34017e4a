package io.weir.local;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Confluent Schema Registry API, version 1, without its wire: a request comes in, an answer or
/// a refusal goes out.
///
/// Kept: Avro schemas that stand alone, compatibility levels, soft and permanent deletion. Refused,
/// never ignored: other schema types, references between schemas, rule sets, metadata, and every
/// mode but READWRITE.
final class RegistryApi {

  private final List<Route> routes;

  RegistryApi() {
    var store = new SchemaStore();
    var compatibility = new CompatibilityAnswers(store);
    var schemas = new SchemaAnswers(store, compatibility);
    Stream<Route> others =
        Stream.of(
            Route.of("GET", "", (request, none) -> Map.of()),
            Route.of("GET", "contexts", (request, none) -> List.of(".")),
            Route.of("GET", "mode", (request, none) -> mode()),
            Route.of("GET", "mode/*", (request, subject) -> mode(request, subject.getFirst())),
            Route.of("PUT", "mode", (request, none) -> refuseMode()),
            Route.of("PUT", "mode/*", (request, none) -> refuseMode()));
    routes =
        Stream.of(others, schemas.routes().stream(), compatibility.routes().stream())
            .flatMap(s -> s)
            .toList();
  }

  /// Answers one request, one at a time.
  ///
  /// @return what Jackson turns into the body, or a [Route.RawJson]
  /// @throws RegistryException if the request is refused
  synchronized Object answer(RegistryRequest request) {
    List<Route> here = routes.stream().filter(route -> route.leadsTo(request.path())).toList();
    if (here.isEmpty()) {
      throw RegistryException.http(404, "HTTP 404 Not Found");
    }
    return here.stream()
        .filter(route -> route.method().equals(request.method()))
        .findFirst()
        .orElseThrow(() -> RegistryException.http(405, "HTTP 405 Method Not Allowed"))
        .answer(request);
  }

  private static Object mode() {
    return Map.of("mode", "READWRITE");
  }

  private static Object mode(RegistryRequest request, String subject) {
    if (!request.flag("defaultToGlobal")) {
      throw RegistryException.noModeOfItsOwn(subject);
    }
    return mode();
  }

  private static Object refuseMode() {
    throw RegistryException.notPermitted(
        "The mode of this registry cannot be changed: it is READWRITE.");
  }
}
