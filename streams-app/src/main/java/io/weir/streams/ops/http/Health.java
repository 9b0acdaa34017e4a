package io.weir.streams.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// Whether a processor lives and whether it is ready. Answers come from memory: no probe waits for
/// a broker. Thread-safe.
///
/// It lives until it has failed. It is ready while it lives and every [Part] holds; an instance
/// that the group gave no partition is ready, too: it would take over at once.
public final class Health {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Condition STARTING = Condition.unmet("not checked yet, the start goes on");

  private final Map<Part, Supplier<Condition>> parts = new EnumMap<>(Part.class);
  private volatile String failure;

  /// What being ready is made of.
  public enum Part {
    /// Every topic of the settings is there.
    TOPICS,
    /// The model is loaded and proved.
    MODEL,
    /// Kafka Streams is running: no rebalance or restore goes on.
    RUNNING;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Health() {
    for (Part part : Part.values()) {
      parts.put(part, () -> STARTING);
    }
  }

  /// Says how a part stands from now on.
  public void set(Part part, Condition condition) {
    watch(part, () -> condition);
  }

  /// Says where to look how a part stands, at every probe.
  public void watch(Part part, Supplier<Condition> condition) {
    synchronized (parts) {
      parts.put(part, condition);
    }
  }

  /// The processor has failed and will not come back by itself; the first reason stays.
  public synchronized void fail(String reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /// Whether it is ready.
  public boolean isReady() {
    return failure == null && conditions().values().stream().allMatch(Condition::met);
  }

  /// 200 while the processor lives, else 503.
  public Answer live() {
    String reason = failure;
    return reason == null ? answer(true, Map.of("status", "live")) : answer(false, failed(reason));
  }

  /// 200 while the processor is ready, else 503; the body says which conditions hold.
  public Answer ready() {
    String reason = failure;
    Map<Part, Condition> now = conditions();
    boolean ready = reason == null && now.values().stream().allMatch(Condition::met);
    Map<String, Object> body =
        reason == null ? new LinkedHashMap<>() : new LinkedHashMap<>(failed(reason));
    body.putIfAbsent("status", ready ? "ready" : "not ready");
    Map<String, Condition> byName = new LinkedHashMap<>();
    now.forEach((part, condition) -> byName.put(part.text(), condition));
    body.put("conditions", byName);
    return answer(ready, body);
  }

  private Map<Part, Condition> conditions() {
    Map<Part, Supplier<Condition>> suppliers;
    synchronized (parts) {
      suppliers = new EnumMap<>(parts);
    }
    Map<Part, Condition> now = new EnumMap<>(Part.class);
    suppliers.forEach((part, condition) -> now.put(part, condition.get()));
    return now;
  }

  private static Map<String, String> failed(String reason) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("status", "failed");
    body.put("reason", reason);
    return body;
  }

  private static Answer answer(boolean good, Object body) {
    try {
      return new Answer(
          good ? Answer.OK : Answer.UNAVAILABLE,
          "application/json",
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
