package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordTableTest {
  @Property(tries = 300)
  void findsWhatListIndexOfFinds(
      @ForAll @Size(max = 60) Set<@StringLength(max = 4) String> words, @ForAll String other) {
    // UTF-8 has no form for half a surrogate pair.
    List<String> vocabulary = new ArrayList<>(words);
    vocabulary.removeIf(word -> !StandardCharsets.UTF_8.newEncoder().canEncode(word));
    WordTable table = new WordTable(vocabulary);

    for (int i = 0; i < vocabulary.size(); i++) {
      assertThat(indexOf(table, vocabulary.get(i))).isEqualTo(i);
    }
    if (!vocabulary.contains(other) && StandardCharsets.UTF_8.newEncoder().canEncode(other)) {
      assertThat(indexOf(table, other)).isEqualTo(vocabulary.size());
    }
  }

  @Test
  void holdsManyWordsThatDifferInTheirNumberOnly() {
    List<String> words = IntStream.range(0, 20_000).mapToObj(i -> "merchant-" + i).toList();
    WordTable table = new WordTable(words);

    for (int i = 0; i < words.size(); i++) {
      assertThat(indexOf(table, words.get(i))).isEqualTo(i);
    }
    assertThat(indexOf(table, "merchant-20000")).isEqualTo(20_000);
  }

  @Test
  void knowsNothingWithoutWords() {
    assertThat(indexOf(new WordTable(List.of()), "")).isZero();
  }

  private static int indexOf(WordTable table, String word) {
    byte[] bytes = ("<" + word + ">").getBytes(StandardCharsets.UTF_8);
    return table.indexOf(bytes, 1, bytes.length - 1);
  }
}
