package io.weir.schemas.features;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A feature program while it is being written.
final class Code {
  private static final int NONE = -1;

  /// Where in a program, and for which slot.
  record Place(int pc, int slot) {}

  private int[] code = new int[64];
  private int size;

  /// The instruction that the next one may be merged into, or NONE.
  private int last = NONE;

  private final Map<Place, String> places = new HashMap<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final List<Float> constants = new ArrayList<>();
  private final List<WordTable> words = new ArrayList<>();
  private final List<NumberTable> numbers = new ArrayList<>();

  int size() {
    return size;
  }

  /// Writes one instruction.
  ///
  /// @param place the field it reads, for messages
  /// @return its index
  int emit(String place, int... instruction) {
    int at = size;
    for (int word : instruction) {
      append(word);
    }
    places.put(new Place(at, Trace.NO_SLOT), place);
    last = at;
    return at;
  }

  /// Writes an instruction whose only operand is a count, or adds to the count of the one before.
  void emitCounted(String place, int op, int n) {
    if (last != NONE && code[last] == op && code[last + 1] <= Integer.MAX_VALUE - n) {
      code[last + 1] += n;
    } else {
      emit(place, op, n);
    }
  }

  /// Writes a FLOATS or DOUBLES of one slot, or lengthens the one before.
  void emitRun(String place, int op, int slot) {
    if (last != NONE && code[last] == op && code[last + 1] + code[last + 2] == slot) {
      code[last + 2]++;
    } else {
      emit(place, op, slot, 1);
    }
    places.put(new Place(last, slot), place);
  }

  /// A place that something jumps to: nothing behind it is merged with what stands before.
  int label() {
    last = NONE;
    return size;
  }

  /// Fills in an operand that was not known when its instruction was written.
  void patch(int at, int value) {
    code[at] = value;
  }

  /// Puts a subroutine behind everything written so far, and its place into the operand at `at`.
  void subroutine(int at, Runnable body) {
    later(() -> patch(at, label()), body);
  }

  /// Like [#subroutine]; `begin` is called just before the body is written.
  void later(Runnable begin, Runnable body) {
    later.add(
        () -> {
          begin.run();
          body.run();
          emit("", Op.END);
        });
  }

  /// Ends the main program and writes the subroutines.
  void finish() {
    emit("", Op.END);
    while (!later.isEmpty()) {
      later.remove().run();
    }
  }

  int constants(float... values) {
    int first = constants.size();
    for (float value : values) {
      constants.add(value);
    }
    return first;
  }

  int words(List<String> list) {
    words.add(new WordTable(list));
    return words.size() - 1;
  }

  int numbers(NumberTable table) {
    numbers.add(table);
    return numbers.size() - 1;
  }

  int[] instructions() {
    return Arrays.copyOf(code, size);
  }

  float[] constants() {
    float[] array = new float[constants.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = constants.get(i);
    }
    return array;
  }

  WordTable[] words() {
    return words.toArray(WordTable[]::new);
  }

  NumberTable[] numbers() {
    return numbers.toArray(NumberTable[]::new);
  }

  /// The field that each instruction reads, for each slot if there are several.
  Map<Place, String> places() {
    return Map.copyOf(places);
  }

  private void append(int word) {
    if (size == code.length) {
      code = Arrays.copyOf(code, size * 2);
    }
    code[size++] = word;
  }
}
