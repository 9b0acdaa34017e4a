package io.weir.streams.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.weir.streams.decode.EventDecoder.Outcome;
import io.weir.streams.fixture.Payments;
import io.weir.streams.fixture.TinyModel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaLookupTest {
  private static final String NOT_FOUND = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private SchemaRegistryClient client;

  private record Reply(int status, String body) {}

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          Reply reply = replies.size() > 1 ? replies.poll() : replies.peek();
          byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        RegistryClients.open(
            List.of("http://127.0.0.1:" + server.getAddress().getPort()), Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop(0);
  }

  @Test
  void aKnownIdIsAskedForOnceHoweverManyEventsCome() {
    replies.add(new Reply(200, schema(Payments.SCHEMA.toString())));
    EventDecoder decoder = decoder(Duration.ZERO);
    byte[] event = Payments.bytes(5, Payments.of("a", 20));
    float[] out = new float[7];
    assertThat(decoder.decode(event, out, 2)).isEqualTo(Outcome.SCHEMA_NOT_LOADED);
    decoder.load(event);
    for (int i = 0; i < 1_000; i++) {
      assertThat(decoder.decode(event, out, 2)).isEqualTo(Outcome.DECODED);
    }
    assertThat(out).containsExactly(0, 0, 20, 2.5f, 1, 1, 9_000);
    assertThat(requests).hasValue(1);
  }

  @Test
  void anUnknownIdIsAskedForOnceAndItsEventsAreBad() {
    replies.add(new Reply(404, NOT_FOUND));
    EventDecoder decoder = decoder(Duration.ZERO);
    byte[] event = Payments.bytes(5, Payments.of("a", 20));
    decoder.load(event);
    for (int i = 0; i < 1_000; i++) {
      assertThat(decoder.decode(event, new float[5], 0)).isEqualTo(Outcome.BAD);
    }
    assertThat(decoder.refusal(event)).hasMessageStartingWith("UNKNOWN_SCHEMA_ID: the registry");
    assertThat(requests).hasValue(1);
  }

  @Test
  void eachIdHasItsOwnSchema() {
    EventDecoder decoder = decoder(Duration.ZERO);
    for (int id : new int[] {900, 3, 77, -5, 12}) {
      replies.clear();
      replies.add(
          id == 77
              ? new Reply(404, NOT_FOUND)
              : new Reply(200, schema(Payments.SCHEMA.toString())));
      decoder.load(Payments.bytes(id, Payments.of("a", 20)));
    }
    for (int id : new int[] {12, 77, 900, 77, -5, 3, 4}) {
      assertThat(decoder.decode(Payments.bytes(id, Payments.of("a", 20)), new float[5], 0))
          .isEqualTo(
              id == 77 ? Outcome.BAD : id == 4 ? Outcome.SCHEMA_NOT_LOADED : Outcome.DECODED);
    }
  }

  @Test
  void troubleIsNoAnswerAndIsAskedAgain() {
    replies.add(
        new Reply(500, "{\"error_code\":50001,\"message\":\"Error in the backend store\"}"));
    replies.add(new Reply(404, "<html>a gateway's page</html>"));
    replies.add(new Reply(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}"));
    replies.add(new Reply(200, "not JSON"));
    replies.add(new Reply(200, "{}"));
    replies.add(new Reply(200, schema(Payments.SCHEMA.toString())));
    assertThat(new SchemaLookup(client, Duration.ofSeconds(30)).byId(5))
        .isEqualTo(new SchemaLookup.Answer.Known(Payments.SCHEMA));
    assertThat(requests).hasValue(6);
  }

  @Test
  void theWaitEndsWithAMessageThatNamesTheSetting() {
    replies.add(new Reply(503, "{\"error_code\":503,\"message\":\"down\"}"));
    assertThatThrownBy(() -> new SchemaLookup(client, Duration.ofMillis(250)).byId(5))
        .isInstanceOf(RegistryOutageException.class)
        .hasMessageContaining("gave no schema 5")
        .hasMessageContaining("down")
        .hasMessageContaining("weir.schema.registry.outage.max.ms");
    assertThat(requests).hasValue(2);
  }

  @Test
  void closingEndsTheWaitAtOnce() throws Exception {
    replies.add(new Reply(503, "{\"error_code\":503,\"message\":\"down\"}"));
    SchemaLookup lookup = new SchemaLookup(client, Duration.ofHours(1));
    CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> lookup.byId(5));
    while (requests.get() < 3) {
      Thread.sleep(5);
    }
    lookup.close();
    assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RegistryOutageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A { string b = 1; }\"}",
        "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
        "{\"schema\":\"{\\\"type\\\":\\\"rekord\\\"}\"}"
      })
  void aSchemaThatIsNotAvroMakesItsEventsBadAndIsNoOutage(String reply) {
    replies.add(new Reply(200, reply));
    EventDecoder decoder = decoder(Duration.ZERO);
    byte[] event = Payments.bytes(5, Payments.of("a", 20));
    decoder.load(event);
    assertThat(decoder.decode(event, new float[5], 0)).isEqualTo(Outcome.BAD);
    assertThat(decoder.refusal(event)).hasMessageContaining("UNSUITABLE_SCHEMA: schema 5 is");
  }

  private EventDecoder decoder(Duration outageMax) {
    return new EventDecoder(new SchemaLookup(client, outageMax), null, TinyModel.FEATURES);
  }

  private static String schema(String avro) {
    return "{\"schema\":\"" + avro.replace("\"", "\\\"") + "\"}";
  }
}
