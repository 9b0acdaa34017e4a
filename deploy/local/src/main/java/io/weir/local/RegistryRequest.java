package io.weir.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A request to the registry, taken apart.
///
/// @param path the decoded segments of the path; a subject may hold a slash
/// @param query the parameters after the question mark
/// @param body JSON, or a [MissingNode] if there was none
record RegistryRequest(String method, List<String> path, Map<String, String> query, JsonNode body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// @throws RegistryException if the body is not JSON or the address is not decodable
  static RegistryRequest of(String method, URI uri, byte[] body) {
    return new RegistryRequest(method, segments(uri), parameters(uri), json(body));
  }

  /// Whether a parameter such as `deleted` says true.
  boolean flag(String parameter) {
    return Boolean.parseBoolean(query.get(parameter));
  }

  private static List<String> segments(URI uri) {
    // In a path, unlike in a query, a plus is a plus.
    return Stream.of(uri.getRawPath().split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> decoded(segment.replace("+", "%2B")))
        .toList();
  }

  private static Map<String, String> parameters(URI uri) {
    var parameters = new HashMap<String, String>();
    if (uri.getRawQuery() != null) {
      Arrays.stream(uri.getRawQuery().split("&"))
          .map(pair -> pair.split("=", 2))
          .forEach(
              pair -> parameters.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : ""));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryException.http(400, "The address holds an invalid escape: " + text);
    }
  }

  private static JsonNode json(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw RegistryException.http(
          400, "The request's body is not JSON: " + e.getOriginalMessage());
    }
  }
}
