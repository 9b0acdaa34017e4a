package io.weir.demo.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.demo.source.Truth;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Truth NORMAL = new Truth.Normal();
  private static final Truth THEFT_A = new Truth.Anomaly("theft", "a");
  private static final Truth THEFT_B = new Truth.Anomaly("theft", "b");

  private final Tally tally = new Tally();

  @Test
  void precisionCountsAlertsAndRecallCountsAnomalies() {
    events(NORMAL, NORMAL, NORMAL, THEFT_A, THEFT_A, THEFT_B);
    alerts(NORMAL, THEFT_A, THEFT_A);

    assertThat(tally.precision()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(tally.recall()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void aCaseIsCaughtByOneAlertAboutAnyOfItsEvents() {
    events(THEFT_A, THEFT_A, THEFT_B);
    alerts(THEFT_A);

    Tally.Kind theft = tally.kinds().get("theft");
    assertThat(theft.events()).isEqualTo(3);
    assertThat(theft.alerts()).isEqualTo(1);
    assertThat(theft.cases()).isEqualTo(2);
    assertThat(theft.caught()).isEqualTo(1);
  }

  @Test
  void eventsThatNobodyLabelledGiveNoPrecision() {
    events(new Truth.Unknown());

    assertThat(tally.labelled()).isFalse();
  }

  private void events(Truth... truths) {
    for (Truth truth : truths) {
      tally.event(truth);
    }
  }

  private void alerts(Truth... truths) {
    for (Truth truth : truths) {
      tally.alert(truth);
    }
  }
}
