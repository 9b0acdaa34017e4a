package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.RegistryHttp.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/// A subject of a registry under test, used by nobody else.
record RegistrySubject(RegistryHttp registry, String name) {

  static RegistrySubject fresh(String url) {
    return new RegistrySubject(new RegistryHttp(url), "payments-" + UUID.randomUUID() + "-value");
  }

  /// Registers a schema that is not to be refused.
  ///
  /// @return its id
  int register(Schema schema) {
    Answer answer = registry.postSchema(path("/versions"), schema);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body().path("id").asInt();
  }

  List<Integer> versions() {
    return numbers(registry.get(path("/versions")).body());
  }

  String path(String rest) {
    return "/subjects/" + name + rest;
  }

  static void assertRefused(Answer answer, int status, int code) {
    assertThat(answer.status()).as("status of %s", answer.body()).isEqualTo(status);
    assertThat(answer.code()).as("code of %s", answer.body()).isEqualTo(code);
    assertThat(answer.body().path("message").asText()).isNotBlank();
  }

  static List<Integer> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  static Schema schemaIn(JsonNode body) {
    return new Schema.Parser().parse(body.path("schema").asText());
  }
}
