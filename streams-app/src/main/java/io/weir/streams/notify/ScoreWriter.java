package io.weir.streams.notify;

import io.weir.schemas.event.Score;

/// Composes score records, for one task.
public final class ScoreWriter {
  private final String modelSha256;
  private final RecordWriter<Score> writer;

  /// @param schemaId what the registry calls the schema of scores
  public ScoreWriter(String modelSha256, int schemaId) {
    this.modelSha256 = modelSha256;
    this.writer = new RecordWriter<>(Score.getClassSchema(), Score.class, schemaId);
  }

  /// The bytes of a score.
  public byte[] write(
      String topic, int partition, long offset, ScoreParts scores, boolean anomalous) {
    return writer.write(
        new Score(
            topic,
            partition,
            offset,
            modelSha256,
            scores.score(),
            scores.reconstructionLoss(),
            scores.klDivergence(),
            anomalous));
  }
}
