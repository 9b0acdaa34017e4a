package io.weir.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.local.Route.RawJson;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small schema registry in this JVM that speaks the Confluent Schema Registry API over HTTP,
/// listening on 127.0.0.1 only.
///
/// Its schemas live in memory and are gone when it closes. It keeps Avro schemas without references
/// and says so when asked for anything else.
public final class LocalRegistry implements AutoCloseable {

  /// The longest request body that is read, in bytes.
  static final int LONGEST_BODY = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RegistryApi api = new RegistryApi();

  private LocalRegistry(HttpServer server) {
    this.server = server;
  }

  /// Starts a registry without schemas, at compatibility level BACKWARD.
  ///
  /// @param port of 127.0.0.1, 0 for any free one
  /// @throws IOException if the port is taken; the message says what to do
  public static LocalRegistry start(int port) throws IOException {
    LoopbackPorts.requireValid(port);
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(LoopbackPorts.HOST, port), 0);
    } catch (BindException e) {
      throw LoopbackPorts.taken(port, e);
    }
    var registry = new LocalRegistry(server);
    server.createContext("/", registry::handle);
    server.setExecutor(registry.threads);
    server.start();
    return registry;
  }

  /// What a client's `schema.registry.url` takes: `http://127.0.0.1:port`.
  public String url() {
    return "http://" + LoopbackPorts.HOST + ":" + server.getAddress().getPort();
  }

  /// Stops answering. Further calls do nothing.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
          throw RegistryException.http(
              413, "The request's body is longer than %d bytes.".formatted(LONGEST_BODY));
        }
        var request =
            RegistryRequest.of(exchange.getRequestMethod(), exchange.getRequestURI(), body);
        send(exchange, 200, api.answer(request));
      } catch (RegistryException e) {
        refuse(exchange, e);
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        refuse(exchange, RegistryException.http(500, "Internal Server Error"));
      }
    }
  }

  private static void refuse(HttpExchange exchange, RegistryException refusal) throws IOException {
    send(
        exchange,
        refusal.status(),
        Map.of("error_code", refusal.code(), "message", refusal.getMessage()));
  }

  private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] body =
        answer instanceof RawJson(String text)
            ? text.getBytes(StandardCharsets.UTF_8)
            : JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
