package io.weir.trainer.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /// From `kat_vectors` of the authors' library Random123, lines `philox4x32 10`.
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void givesTheKnownAnswersOfRandom123(String counter, String key, String answer) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] even = new int[2];
    int[] odd = new int[2];

    Philox.pairs(c[0], c[1], c[2], c[3], (long) k[1] << 32 | k[0] & 0xFFFFFFFFL, even, odd, 0);

    assertThat(new int[] {even[0], odd[0], even[1], odd[1]}).isEqualTo(words(answer));
  }

  private static int[] words(String hex) {
    return java.util.stream.Stream.of(hex.split(" "))
        .mapToInt(w -> Integer.parseUnsignedInt(w, 16))
        .toArray();
  }
}
