package io.weir.streams.replay.pass;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.streams.replay.ReplayFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// What a replay set out to do, in its folder: the same after an interruption.
///
/// @param id of the replay
/// @param warmUp as it was resolved
/// @param facts what the result depends on, by what it is called
/// @param partitions with their frozen offsets
/// @param complete whether the result is written
record Plan(
    String id,
    String warmUp,
    Map<String, String> facts,
    List<PartitionRange> partitions,
    boolean complete) {
  private static final String FILE = "plan.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  Plan {
    partitions = List.copyOf(partitions);
  }

  /// Whether a folder has one.
  static boolean exists(Path state) {
    return Files.exists(state.resolve(FILE));
  }

  static Plan read(Path state) throws IOException {
    return JSON.readValue(Files.readString(state.resolve(FILE)), Plan.class);
  }

  void write(Path state) throws IOException {
    AtomicFiles.write(state.resolve(FILE), out -> out.write(JSON.writeValueAsBytes(this)));
  }

  Plan completed() {
    return new Plan(id, warmUp, facts, partitions, true);
  }

  /// @throws ReplayFailedException where anything differs that the result depends on
  void requireSame(Map<String, String> now) throws ReplayFailedException {
    List<String> differing = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!Objects.equals(facts.get(name), now.get(name))) {
        differing.add("%s was %s, is %s".formatted(name, facts.get(name), now.get(name)));
      }
    }
    if (!differing.isEmpty()) {
      throw new ReplayFailedException(
          "Replay %s cannot be resumed with other settings:\n  - %s\nGive the same ones, or begin a new replay in another folder (--out)"
              .formatted(id, String.join("\n  - ", differing)));
    }
  }
}
