package io.weir.trainer.data.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.trainer.data.ask.DataException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void wordsOffsetsAndOffsetsByPartition() {
    assertThat(Position.parse("earliest")).isEqualTo(new Position.Earliest());
    assertThat(Position.parse("LATEST")).isEqualTo(new Position.Latest());
    assertThat(Position.parse("100")).isEqualTo(new Position.Offset(100));
    assertThat(Position.parse("1:250,0:100"))
        .isEqualTo(new Position.Offsets(Map.of(0, 100L, 1, 250L)))
        .hasToString("0:100,1:250");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01, 2026-11-01T00:00:00Z",
    "2026-11-01T08:30:00Z, 2026-11-01T08:30:00Z",
    "2026-11-01T08:30:00+02:00, 2026-11-01T06:30:00Z",
    "2026-11-01T08:30, 2026-11-01T08:30:00Z",
    "2026-11-01T08:30:00.125, 2026-11-01T08:30:00.125Z"
  })
  void timesAreInUtcWhereTheySayNoZone(String text, Instant instant) {
    assertThat(Position.parse(text)).isEqualTo(new Position.Time(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "-5", "0:", "0:1;1:2", "2026-13-01", "99999999999999999999"})
  void whatIsNoneIsRefusedWithTheFormsThatAre(String text) {
    assertThatThrownBy(() -> Position.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("0:100,1:250");
  }

  @Test
  void aPartitionIsNamedOnce() {
    assertThatThrownBy(() -> Position.parse("0:1,0:2")).hasMessageContaining("partition 0 twice");
  }

  @Test
  void theTextOfAPositionIsThePosition() {
    for (String text : new String[] {"earliest", "latest", "7", "0:1,3:4", "2026-11-01"}) {
      Position position = Position.parse(text);
      assertThat(Position.parse(position.toString())).isEqualTo(position);
    }
  }
}
