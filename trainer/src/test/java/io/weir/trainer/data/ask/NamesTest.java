package io.weir.trainer.data.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void patternsKnowStarAndQuestionMarkAndNothingElse() {
    assertThat(new ColumnPattern("disk_*").matches("disk_w")).isTrue();
    assertThat(new ColumnPattern("disk_*").matches("my_disk_w")).isFalse();
    assertThat(new ColumnPattern("f?").matches("f1")).isTrue();
    assertThat(new ColumnPattern("f?").matches("f12")).isFalse();
    assertThat(new ColumnPattern("a.c").matches("abc")).isFalse();
    assertThat(new ColumnPattern("[x]").matches("[x]")).isTrue();
    assertThat(new ColumnPattern("what?*").matches("what?*")).isTrue();
  }

  @Test
  void theNearestNamesComeFirst() {
    assertThat(ColumnHint.of("Amuont", List.of("count", "amount", "note", "AMOUNTS")))
        .isEqualTo("Nearest: 'amount', 'AMOUNTS', 'count'");
    assertThat(ColumnHint.of("x", List.of())).isEqualTo("There are no columns");
  }
}
