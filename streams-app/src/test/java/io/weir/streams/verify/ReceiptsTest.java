package io.weir.streams.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.streams.notify.AlertId;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptsTest {
  private static final String ALERT =
      """
      {"id":"i","topic":"t","partition":2,"offset":9007199254740993,"key":"k","event_time":5,
      "model_sha256":"ab","score":0.10000000149011612,"reconstruction_loss":0.1,
      "kl_divergence":"Infinity","window_events":3,"runtime":"r","features":[]}\
      """;

  @Test
  void aLineOfJsonKeepsEveryBit() throws Exception {
    Receipt receipt = Receipts.json(ALERT);
    assertThat(receipt.event()).isEqualTo("t/2/9007199254740993");
    assertThat(receipt.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(receipt.score()).as("a float as a double").isEqualTo(0.1f);
    assertThat(receipt.reconstructionLoss()).as("a float in short").isEqualTo(0.1f);
    assertThat(receipt.klDivergence()).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(receipt.windowEvents()).isEqualTo(3);
    assertThat(receipt.runtime()).isEqualTo("r");
  }

  @Test
  void keysAreTextOrHexOrNone() throws Exception {
    assertThat(Receipts.json(ALERT.replace("\"k\"", "\"0x00ff\"")).key())
        .isEqualTo(new byte[] {0, -1});
    assertThat(Receipts.json(ALERT.replace("\"k\"", "null")).key()).isNull();
    assertThat(Receipts.json(ALERT.replace("\"k\"", "\"\"")).key()).isEmpty();
  }

  @Test
  void theIdTellsTheStatusOfTheIncident() throws Exception {
    String plain = AlertId.of("t", 2, 9007199254740993L, "ab");
    assertThat(Receipts.json(ALERT).expectedId()).isEqualTo(plain);
    assertThat(Receipts.json(of("OPENED")).expectedId()).isEqualTo(plain);
    assertThat(Receipts.json(of("CLOSED")).expectedId())
        .isEqualTo(sha256("t/2/9007199254740993/ab/closed"));
    assertThat(Receipts.json(ALERT.replace("\"features\"", "\"incident\":null,\"features\"")))
        .extracting(Receipt::incident)
        .isEqualTo("");
  }

  private static String of(String status) {
    return ALERT.replace(
        "\"features\"", "\"incident\":{\"status\":\"%s\"},\"features\"".formatted(status));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  @Test
  void alertsOfBeforeWindowsAndRuntimesWereTold() throws Exception {
    Receipt receipt = Receipts.json(ALERT.replace("\"window_events\":3,\"runtime\":\"r\",", ""));
    assertThat(receipt.windowEvents()).isEqualTo(1);
    assertThat(receipt.runtime()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"offset\":9007199254740993,', '', it has no field offset",
    "'\"partition\":2', '\"partition\":2.5', its partition = 2.5 is no whole number",
    "'\"partition\":2', '\"partition\":4294967298', is not from 0 to 2147483647",
    "9007199254740993, 18446744073709551617, its offset = 18446744073709551617 is not from 0",
    "'\"window_events\":3', '\"window_events\":4294967299', is not from 1 to 2147483647",
    "'\"topic\":\"t\"', '\"topic\":\"t\\u001b[2J\"', its topic = t?[2J is no name of a topic",
    "'\"topic\":\"t\"', '\"topic\":\"..\"', is no name of a topic",
    "'\"reconstruction_loss\":0.1', '\"reconstruction_loss\":\"much\"', is no number",
    "'\"k\"', '\"0xzz\"', is not in hex"
  })
  void whatIsNoAlertIsRefusedWithItsField(String part, String instead, String message) {
    assertThat(ALERT).contains(part);
    assertThatThrownBy(() -> Receipts.json(ALERT.replace(part, instead)))
        .isInstanceOf(Receipts.NoReceiptException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{", "{} {}"})
  void whatIsNoObjectIsRefused(String line) {
    assertThatThrownBy(() -> Receipts.json(line)).isInstanceOf(Receipts.NoReceiptException.class);
  }
}
