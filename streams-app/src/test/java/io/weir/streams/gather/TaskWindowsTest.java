package io.weir.streams.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.path.HeapStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskWindowsTest {
  private static final TopicPartition PAYMENTS = new TopicPartition("payments", 3);
  private static final TopicPartition REFUNDS = new TopicPartition("refunds", 3);
  private static final int FEATURES = 2;

  private final HeapStore store = new HeapStore("test");

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 16})
  void windowsRebuiltFromTheStoreAreThoseInTheHeap(int steps) {
    WindowRules rules = rules(steps, 1);
    TaskWindows windows = open(rules);
    Random random = new Random(steps);
    Map<String, float[]> expected = new HashMap<>();
    long time = 0;
    for (int i = 0; i < 2_000; i++) {
      time += random.nextInt(30) == 0 ? 150 : 1;
      TopicPartition partition = random.nextBoolean() ? PAYMENTS : REFUNDS;
      byte[] key = key(random);
      windows.append(partition, i, key, time - random.nextInt(20), new float[] {i, -i});
      expected.put(partition + Arrays.toString(key), window(windows, rules));
      if (i % 97 == 0) {
        TaskWindows rebuilt = open(rules);
        assertThat(rebuilt.keys()).isEqualTo(windows.keys());
        windows = rebuilt;
      }
      long count = windows.keys();
      assertThat(count).isEqualTo(expected.size());
    }
    assertThat(store.approximateNumEntries()).isLessThanOrEqualTo((long) steps * expected.size());
  }

  /// The window after one more event shows what the rebuilt ring held.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void aRebuiltWindowGoesOnWhereItWas(int steps) {
    WindowRules rules = rules(steps, 1);
    for (int events = 1; events < 3 * steps; events++) {
      byte[] key = {(byte) events, 0};
      TaskWindows windows = open(rules);
      for (int i = 0; i < events; i++) {
        windows.append(PAYMENTS, i, key, i == 2 ? 1_000 : i, new float[] {i, 10 * i});
      }
      TaskWindows rebuilt = open(rules);
      windows.append(PAYMENTS, events, key, 1_050, new float[] {-1, -1});
      rebuilt.append(PAYMENTS, events, key, 1_050, new float[] {-1, -1});
      assertThat(window(rebuilt, rules)).isEqualTo(window(windows, rules));
      assertThat(rebuilt.run()).isEqualTo(windows.run());
      assertThat(rebuilt.count()).isEqualTo(windows.count());
      assertThat(rebuilt.late()).isEqualTo(windows.late());
    }
  }

  @Test
  void aKeysNewestTimestampOutlivesTheEventThatHadIt() {
    WindowRules rules = rules(2, 1);
    TaskWindows windows = open(rules);
    append(windows, PAYMENTS, 5_000);
    for (int i = 0; i < 5; i++) {
      append(windows, PAYMENTS, 10 * i);
    }
    windows = open(rules);
    append(windows, PAYMENTS, 1_000);
    assertThat(windows.late()).isTrue();
    assertThat(windows.run()).isEqualTo(2);
  }

  @Test
  void eventsOfAnotherLayoutOrTopicAreLeftAsideAndDeletedInSteps() {
    TaskWindows windows = open(rules(4, 1));
    for (int i = 0; i < 10; i++) {
      append(windows, PAYMENTS, i);
      append(windows, REFUNDS, i);
    }
    WindowRules other = rules(4, 2);
    windows = new TaskWindows(other, store, PAYMENTS.topic()::equals, "test");
    assertThat(windows.keys()).isZero();
    append(windows, PAYMENTS, 100);
    assertThat(windows.run()).isEqualTo(1);
    assertThat(store.approximateNumEntries()).isEqualTo(8);
    windows.tidy(3);
    assertThat(store.approximateNumEntries()).as("3 looked at").isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      windows.tidy(3);
    }
    assertThat(store.approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void expiryIsBoundedWorkAndFollowsTheTimeOfMostEvents() {
    WindowRules rules = rules(4, 1);
    TaskWindows windows = open(rules);
    for (int i = 0; i < PartitionWindows.BLOCK; i++) {
      append(windows, PAYMENTS, 0);
    }
    for (int k = 0; k < 100; k++) {
      windows.append(PAYMENTS, k, text("key" + k), k, new float[2]);
    }
    windows.append(PAYMENTS, 100, text("clock from the future"), 9_999_999, new float[2]);
    for (int i = 0; i < 27; i++) {
      append(windows, PAYMENTS, 101 + i);
    }
    assertThat(windows.tidy(1_000)).as("nothing is idle yet").isZero();
    for (int i = 0; i < PartitionWindows.BLOCK; i++) {
      append(windows, PAYMENTS, i == 9 ? 9_999_999 : 250);
    }
    assertThat(windows.tidy(10)).as("newest 0 to 9").isEqualTo(10);
    assertThat(windows.tidy(1_000)).as("newest 10 to 49").isEqualTo(40);
    assertThat(windows.tidy(1_000)).isZero();
    assertThat(windows.keys()).isEqualTo(52);
    assertThat(store.approximateNumEntries()).isEqualTo(windows.keys() - 1 + 4);
  }

  @Test
  void aKeyWhoseEventsAlwaysComeLateIsNotForgotten() {
    TaskWindows windows = open(rules(4, 1));
    for (int i = 0; i < 2_000; i++) {
      boolean late = i % 100 == 99;
      windows.append(PAYMENTS, i, text(late ? "late" : "a"), late ? i : 100_000 + i, new float[2]);
      windows.tidy(10);
    }
    windows.append(PAYMENTS, 2_000, text("late"), 2_000, new float[2]);
    assertThat(windows.count()).isEqualTo(21);
    assertThat(windows.run()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLateEventOfAnIdleKeyStartsAWindowForgottenOrNot(boolean forgotten) {
    WindowRules rules = rules(4, 1);
    TaskWindows windows = open(rules);
    for (int i = 0; i < 2 * PartitionWindows.BLOCK; i++) {
      append(windows, PAYMENTS, i);
      windows.append(PAYMENTS, i, text("buffers"), i, new float[2]);
    }
    for (int i = 0; i < 2 * PartitionWindows.BLOCK; i++) {
      append(windows, PAYMENTS, 10 * rules.idleMillis() + i);
    }
    if (forgotten) {
      assertThat(windows.tidy(1_000)).isEqualTo(1);
    }
    windows.append(PAYMENTS, 1_000, text("buffers"), 2 * PartitionWindows.BLOCK + 1, new float[2]);
    assertThat(windows.run()).isEqualTo(1);
    assertThat(windows.count()).isEqualTo(1);
  }

  @Test
  void aForgottenKeyLeavesNothingBehind() {
    WindowRules rules = rules(3, 1);
    List<byte[]> keys = new ArrayList<>();
    keys.add(null);
    keys.add(new byte[0]);
    keys.add(new byte[] {0});
    keys.add(new byte[] {0, 0, 0});
    TaskWindows windows = open(rules);
    for (byte[] key : keys) {
      for (int i = 0; i < 5; i++) {
        windows.append(PAYMENTS, i, key, i, new float[2]);
      }
    }
    windows = open(rules);
    assertThat(windows.keys()).isEqualTo(4);
    for (int i = 0; i < 128; i++) {
      windows.append(PAYMENTS, i, text("busy"), 10_000 + i, new float[2]);
    }
    assertThat(windows.tidy(1_000)).as("nobody knows since when they are idle").isZero();
    for (int i = 0; i < 128; i++) {
      windows.append(PAYMENTS, i, text("busy"), 11_000 + i, new float[2]);
    }
    assertThat(windows.tidy(1_000)).isEqualTo(4);
    assertThat(store.approximateNumEntries()).isEqualTo(3);
    windows.append(PAYMENTS, 0, null, 20_000, new float[2]);
    assertThat(windows.run()).isEqualTo(1);
    assertThat(windows.count()).isEqualTo(1);
  }

  private static WindowRules rules(int steps, int layout) {
    return new WindowRules(steps, FEATURES, layout, 100, true, 200, WindowRules.Keyless.ONE_WINDOW);
  }

  private TaskWindows open(WindowRules rules) {
    return new TaskWindows(rules, store, _ -> true, "test");
  }

  private static void append(TaskWindows windows, TopicPartition partition, long time) {
    windows.append(partition, 0, text("a"), time, new float[2]);
  }

  private static float[] window(TaskWindows windows, WindowRules rules) {
    float[] window = new float[rules.values()];
    windows.window(window, 0);
    return window;
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[random.nextInt(3)];
    random.nextBytes(key);
    return key.length == 0 ? key : Arrays.copyOf(new byte[] {(byte) (key[0] & 3), 0}, key.length);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
