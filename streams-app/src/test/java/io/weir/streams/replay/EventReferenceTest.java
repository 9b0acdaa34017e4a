package io.weir.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReferenceTest {
  @Test
  void coordinatesNameAnEvent() {
    EventReference event = EventReference.of("shop.payments-v2/3/12345678901");

    assertThat(event.partition()).isEqualTo(new TopicPartition("shop.payments-v2", 3));
    assertThat(event.offset()).isEqualTo(12_345_678_901L);
    assertThat(event.windowEvents()).isEmpty();
    assertThat(event).hasToString("shop.payments-v2/3/12345678901");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments",
        "payments/0",
        "payments/x/1",
        "payments/0/-1",
        "a b/0/1",
        "/0/1",
        "../0/1"
      })
  void whatIsNoEventIsToldWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventReference.of(text))
        .withMessage(
            text + " is no event: TOPIC/PARTITION/OFFSET is expected, such as payments/0/1234");
  }

  @Test
  void anAlertNamesItsEventItsWindowItsModelAndItsScore() {
    EventReference event =
        EventReference.ofAlert(
            """
            {"id":"1","topic":"payments","partition":2,"offset":77,"score":0.30000001192092896,
             "model_sha256":"abc","window_events":5,"runtime":"ort","features":[],"more":null}\
            """);

    assertThat(event).hasToString("payments/2/77");
    assertThat(event.windowEvents()).hasValue(5);
    assertThat(event.modelSha256()).contains("abc");
    assertThat(event.score()).contains(0.3f);
  }

  @Test
  void anAlertOfAnEarlierSchemaKnowsLess() {
    EventReference event =
        EventReference.ofAlert(
            """
            {"topic":"t","partition":0,"offset":1,"model_sha256":"","window_events":1,"runtime":""}\
            """);

    assertThat(event.windowEvents()).isEmpty();
    assertThat(event.modelSha256()).isEmpty();
    assertThat(event.score()).isEmpty();
  }

  @Test
  void aTopicThatCannotBeOneIsRefusedWithoutItsControls() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EventReference.ofAlert("{\"topic\":\"t\\u001b[2J\",\"partition\":0,\"offset\":1}"))
        .withMessage("The alert's topic = t?[2J is no name of a topic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "payments/0/1",
        "[]",
        "{}",
        "{\"topic\":\"t\",\"partition\":0}",
        "{\"topic\":\"t\",\"partition\":4294967296,\"offset\":1}",
        "{\"topic\":\"t\",\"partition\":0,\"offset\":-1}"
      })
  void whatIsNoAlertIsToldWithWherefromToHaveOne(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventReference.ofAlert(json))
        .withMessageContaining("weir alerts --output json");
  }
}
