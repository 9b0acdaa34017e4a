package io.weir.streams.replay.tally;

import io.weir.schemas.event.Alert;
import io.weir.schemas.event.FeatureContribution;
import io.weir.schemas.json.KeyText;
import io.weir.streams.replay.ReplayResult.AlertSample;
import io.weir.streams.replay.ReplayResult.FeatureSample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/// Alerts in short.
final class AlertSamples implements Highest.Form<AlertSample> {
  /// Numbers are told to so many digits, as in the alerts' sentences.
  private static final int DIGITS = 6;

  static AlertSample of(Alert alert) {
    return new AlertSample(
        alert.getTopic(),
        alert.getPartition(),
        alert.getOffset(),
        alert.getEventTime().toEpochMilli(),
        alert.getKey() == null ? null : KeyText.of(alert.getKey()),
        alert.getScore(),
        alert.getThreshold(),
        alert.getRarity(),
        alert.getSeverity(),
        alert.getSentence(),
        alert.getFeatures().stream().map(AlertSamples::of).toList());
  }

  private static FeatureSample of(FeatureContribution feature) {
    return new FeatureSample(
        feature.getName(),
        text(feature.getActualText(), feature.getActual()),
        text(feature.getExpectedText(), feature.getExpected()),
        feature.getContribution());
  }

  private static String text(String text, Double number) {
    return text != null ? text : number == null ? null : shortened(number);
  }

  private static String shortened(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString()
        : String.valueOf(number);
  }

  @Override
  public float score(AlertSample item) {
    return item.score();
  }

  @Override
  public String topic(AlertSample item) {
    return item.topic();
  }

  @Override
  public int partition(AlertSample item) {
    return item.partition();
  }

  @Override
  public long offset(AlertSample item) {
    return item.offset();
  }

  @Override
  public void write(DataOutput out, AlertSample item) throws IOException {
    JsonItems.write(out, item);
  }

  @Override
  public AlertSample read(DataInput in) throws IOException {
    return JsonItems.read(in, AlertSample.class);
  }
}
