package io.weir.local;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// What answers a kind of request.
///
/// @param pattern segments of the path; `*` stands for any one segment
/// @param answer takes the request and the segments that a `*` stood for; gives what Jackson turns
///   into the body, or a [RawJson]
record Route(
    String method, List<String> pattern, BiFunction<RegistryRequest, List<String>, Object> answer) {

  /// An answer that is JSON already.
  record RawJson(String text) {}

  static Route of(
      String method, String pattern, BiFunction<RegistryRequest, List<String>, Object> answer) {
    return new Route(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/")), answer);
  }

  boolean leadsTo(List<String> path) {
    return path.size() == pattern.size()
        && IntStream.range(0, path.size())
            .allMatch(i -> isOpen(i) || pattern.get(i).equals(path.get(i)));
  }

  Object answer(RegistryRequest request) {
    List<String> path = request.path();
    return answer.apply(
        request, IntStream.range(0, path.size()).filter(this::isOpen).mapToObj(path::get).toList());
  }

  private boolean isOpen(int segment) {
    return pattern.get(segment).equals("*");
  }
}
