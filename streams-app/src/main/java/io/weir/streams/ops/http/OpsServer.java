package io.weir.streams.ops.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.util.JavalinException;
import io.weir.streams.config.Settings;
import io.weir.streams.ops.StartRefusedException;
import java.net.BindException;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small HTTP server that only tells: GET and HEAD on a handful of paths, plain HTTP, no log of
/// requests, no names of software in its answers, small limits on threads, connections and headers.
public final class OpsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

  private static final int THREADS = 8;
  private static final int QUEUE = 64;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int BODY_BYTES = 1024;
  private static final long IDLE_MILLIS = 30_000;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Javalin javalin;

  private OpsServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /// Serves until it is closed.
  ///
  /// @param paths what each path answers
  /// @throws StartRefusedException if the address cannot be listened at
  public static OpsServer start(
      Settings.Http settings, SequencedMap<String, Supplier<Answer>> paths)
      throws StartRefusedException {
    Javalin javalin = Javalin.create(config -> configure(config, settings, paths));
    boolean started = false;
    try {
      javalin.start();
      started = true;
      LOG.info(
          "HTTP at {}:{} {}", settings.host(), javalin.port(), String.join(" ", paths.keySet()));
      return new OpsServer(javalin);
    } catch (JavalinException e) {
      throw new StartRefusedException(refusal(settings, e), e);
    } finally {
      if (!started) {
        javalin.stop();
      }
    }
  }

  /// The port that it listens at.
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(
      JavalinConfig config, Settings.Http settings, SequencedMap<String, Supplier<Answer>> paths) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = BODY_BYTES;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("weir-http");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.port = settings.port();
    config.jetty.addConnector((server, http) -> connector(server, http, settings));
    config.jetty.modifyServer(OpsServer::plainErrors);
    paths.forEach(
        (path, answer) -> {
          Handler handler = context -> send(context, answer.get());
          config.routes.get(path, handler).head(path, handler);
        });
    String there = "There is " + String.join(", ", paths.keySet()) + "\n";
    config.routes.error(404, context -> context.contentType(TEXT).result(there));
    config.routes.error(
        405, context -> context.contentType(TEXT).result("Only GET and HEAD. " + there));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.warn("No answer for {}", context.path(), e);
          context.status(500).contentType(TEXT).result("It failed; the log says why\n");
        });
  }

  private static void send(Context context, Answer answer) {
    context
        .status(answer.status())
        .contentType(answer.contentType())
        .header(HttpHeader.CACHE_CONTROL.asString(), "no-store")
        .result(answer.body());
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, Settings.Http settings) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(QUEUE);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /// What Jetty refuses before Javalin sees it, such as headers that are too long.
  private static void plainErrors(Server server) {
    server.setErrorHandler(
        (request, response, callback) -> {
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, TEXT);
          Content.Sink.write(response, true, response.getStatus() + "\n", callback);
          return true;
        });
  }

  private static String refusal(Settings.Http settings, Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "weir.http.host = %s, weir.http.port = %d cannot be listened at (%s): %s"
        .formatted(
            settings.host(),
            settings.port(),
            cause.getMessage(),
            cause instanceof BindException
                ? "give another port, 0 for any free one, or -1 for no HTTP"
                : "check the host, or set weir.http.port=-1 for no HTTP");
  }
}
