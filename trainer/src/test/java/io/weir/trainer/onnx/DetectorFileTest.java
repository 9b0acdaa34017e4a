package io.weir.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.weir.detector.Agreement;
import io.weir.detector.BatchScorer;
import io.weir.detector.Detector;
import io.weir.detector.Deviation;
import io.weir.detector.Explainer;
import io.weir.detector.Explanation;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.engine.layer.LayerParameters;
import io.weir.trainer.engine.layer.LayerParameters.OfBatchNorm;
import io.weir.trainer.engine.layer.LayerParameters.OfDense;
import io.weir.trainer.engine.layer.LayerParameters.OfDropout;
import io.weir.trainer.engine.layer.LayerParameters.OfLstm;
import io.weir.trainer.engine.layer.LayerParameters.OfRepeat;
import io.weir.trainer.engine.layer.LayerParameters.OfStepDense;
import io.weir.trainer.fit.loss.Objective;
import io.weir.trainer.fit.loss.Reconstruction;
import io.weir.trainer.fit.loss.Reduction;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectorFileTest {
  private static final int DETECTORS = 60;

  /// Of single events and of windows.
  private static List<TrainedDetector> detectors(int ofEach) {
    List<TrainedDetector> detectors = new ArrayList<>();
    for (int seed = 0; seed < ofEach; seed++) {
      detectors.add(RandomDetectors.draw(seed));
      detectors.add(RandomDetectors.drawWindowed(seed));
    }
    return detectors;
  }

  @Test
  void theGraphSaysWhatTheFormulasSay() throws Exception {
    List<TrainedDetector> detectors = detectors(DETECTORS);
    for (int seed = 0; seed < detectors.size(); seed++) {
      TrainedDetector trained = detectors.get(seed);
      PlainDetector plain = new PlainDetector(trained);
      Agreement agreement = new Agreement(RandomDetectors.card(trained));
      int rows = 40;
      // Far values in a window drive learned variances to where float32 cannot follow.
      float[] values =
          trained.steps() == 1
              ? RandomDetectors.rows(trained, rows, seed)
              : RandomDetectors.ordinaryRows(trained, rows, seed);
      try (Detector detector = open(trained);
          Explainer explainer = detector.explainer()) {
        for (float[] row : split(values, rows)) {
          Explanation answer = explainer.explain(row, 0);
          Deviation worst = agreement.worst(row, plain.explain(row, answer), answer);
          assertThat(worst.agrees())
              .as("detector %d, row %s: %s", seed, Arrays.toString(row), worst)
              .isTrue();
        }
      }
    }
  }

  @Test
  void aRowHasTheSameBitsInEveryBatchAndInItsExplanation() throws Exception {
    int most = 96;
    List<TrainedDetector> detectors = detectors(DETECTORS);
    for (int seed = 0; seed < detectors.size(); seed++) {
      TrainedDetector trained = detectors.get(seed);
      float[] values = RandomDetectors.rows(trained, most, seed);
      int features = values.length / most;
      try (Detector detector = open(trained);
          BatchScorer scorer = detector.scorer(most);
          Explainer explainer = detector.explainer();
          Explainer together = detector.explainer(most)) {
        System.arraycopy(values, 0, scorer.features(), 0, values.length);
        scorer.scoreRows(most);
        float[] whole = new float[most];
        for (int row = 0; row < most; row++) {
          whole[row] = scorer.score(row);
          assertThat(explainer.explain(values, row * features).score())
              .as("explained score of detector %d", seed)
              .isEqualTo(whole[row]);
        }
        for (int batch : new int[] {1, 2, 3, 5, 7, 8, 13, 16, 17, 31, 64, 95}) {
          for (int from = 0; from + batch <= most; from += batch) {
            System.arraycopy(values, from * features, scorer.features(), 0, batch * features);
            System.arraycopy(values, from * features, together.features(), 0, batch * features);
            scorer.scoreRows(batch);
            together.explainRows(batch);
            for (int row = 0; row < batch; row++) {
              assertThat(scorer.score(row))
                  .as("detector %d, row %d in a batch of %d", seed, from + row, batch)
                  .isEqualTo(whole[from + row]);
              Explanation alone = explainer.explain(values, (from + row) * features);
              Explanation explained = together.explanation(row);
              assertThat(explained.score()).isEqualTo(alone.score());
              assertThat(explained.expected()).isEqualTo(alone.expected());
              assertThat(explained.contribution()).isEqualTo(alone.contribution());
              assertThat(explained.latent()).isEqualTo(alone.latent());
            }
          }
        }
      }
    }
  }

  @Test
  void contributionsSumToOne() throws Exception {
    List<TrainedDetector> detectors = detectors(30);
    for (int seed = 0; seed < detectors.size(); seed++) {
      TrainedDetector trained = detectors.get(seed);
      try (Detector detector = open(trained);
          Explainer explainer = detector.explainer()) {
        for (float[] row : split(RandomDetectors.rows(trained, 20, seed), 20)) {
          float sum = 0;
          for (float share : explainer.explain(row, 0).contribution()) {
            assertThat(share).isBetween(0f, 1f);
            sum += share;
          }
          assertThat(sum).isCloseTo(1, within(1e-5f));
        }
      }
    }
  }

  @Test
  void aMissingValueIsScoredAsItsFill() throws Exception {
    TrainedDetector trained = RandomDetectors.draw(11);
    int features = trained.preprocessor().features().size();
    float[] missing = new float[features];
    Arrays.fill(missing, Float.NaN);
    float[] filled = new float[features];
    for (int i = 0; i < features; i++) {
      filled[i] = trained.preprocessor().preprocessing().get(i).fill();
    }
    try (Detector detector = open(trained);
        Explainer explainer = detector.explainer()) {
      assertThat(explainer.explain(missing, 0).score())
          .isEqualTo(explainer.explain(filled, 0).score());
    }
  }

  @Test
  void anEventThatIsNotThereYetIsScoredAsItsFill() throws Exception {
    TrainedDetector trained = RandomDetectors.drawWindowed(4);
    int features = trained.preprocessor().features().size();
    float[] row = RandomDetectors.ordinaryRows(trained, 1, 4);
    float[] filled = row.clone();
    for (int i = 0; i < features; i++) {
      row[i] = Float.NaN;
      filled[i] = trained.preprocessor().preprocessing().get(i).fill();
    }
    try (Detector detector = open(trained);
        Explainer explainer = detector.explainer()) {
      assertThat(explainer.explain(row, 0).score()).isEqualTo(explainer.explain(filled, 0).score());
    }
  }

  @Test
  void theTensorsOfWindowsHaveADimensionForTheSteps() throws Exception {
    TrainedDetector trained = RandomDetectors.drawWindowed(9);
    var graph = ModelProto.parseFrom(bytes(trained)).getGraph();
    for (var tensor :
        List.of(
            graph.getInput(0),
            graph.getOutputList().stream()
                .filter(o -> o.getName().equals("expected"))
                .findFirst()
                .orElseThrow(),
            graph.getOutputList().stream()
                .filter(o -> o.getName().equals("contribution"))
                .findFirst()
                .orElseThrow())) {
      var shape = tensor.getType().getTensorType().getShape();
      assertThat(shape.getDimCount()).as(tensor.getName()).isEqualTo(3);
      assertThat(shape.getDim(0).getDimParam()).isEqualTo("batch");
      assertThat(shape.getDim(1).getDimValue()).isEqualTo(trained.steps());
      assertThat(shape.getDim(2).getDimValue()).isEqualTo(trained.preprocessor().features().size());
    }
  }

  @Test
  void aNetworkThatDoesNotFitTheWindowIsRefused() {
    TrainedDetector trained = RandomDetectors.drawWindowed(4);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TrainedDetector(
                    trained.preprocessor(),
                    trained.network(),
                    trained.parameters(),
                    trained.objective(),
                    0))
        .withMessageContaining("The features of 1 events become");
  }

  @Test
  void whatIsNoWordOfTheVocabularyIsTheUnknownWord() throws Exception {
    TrainedDetector trained =
        RandomDetectors.draw(
            List.of(
                new Numeric("n", "n", false),
                new Category("c", "c", false, List.of("a", "b", "c"))),
            new Random(3));
    try (Detector detector = open(trained);
        Explainer explainer = detector.explainer()) {
      float unknown = explainer.explain(new float[] {1, 3}, 0).score();
      assertThat(explainer.explain(new float[] {1, 2}, 0).score()).isNotEqualTo(unknown);
      for (float word : new float[] {4, -1, 1.5f, 1e9f, -0.5f, Float.POSITIVE_INFINITY}) {
        assertThat(explainer.explain(new float[] {1, word}, 0).score())
            .as("word %s", word)
            .isEqualTo(unknown);
      }
    }
  }

  @Test
  void aRowThatOverflowsTheNetworkIsInfinitelyAnomalousAndNamesTheFeature() throws Exception {
    List<FeatureSpec> features = numbers(6);
    for (int seed = 0; seed < 40; seed++) {
      TrainedDetector trained = RandomDetectors.draw(features, new Random(seed));
      if (trained.objective().reconstruction() == Reconstruction.BCE) {
        continue;
      }
      float worst = trained.network().classifier().isPresent() ? 1 : Float.POSITIVE_INFINITY;
      float[] row = {1, 1, 1, Float.POSITIVE_INFINITY, 1, 1};
      try (Detector detector = open(trained);
          Explainer explainer = detector.explainer()) {
        Explanation explanation = explainer.explain(row, 0);
        assertThat(explanation.score()).as("detector %d", seed).isEqualTo(worst);
        assertThat(explanation.contribution()[3]).as("detector %d", seed).isGreaterThan(0.9f);
      }
    }
  }

  @Test
  void aPerfectReconstructionIsSharedEvenly() throws Exception {
    TrainedDetector drawn =
        firstWith(
            numbers(4),
            d ->
                d.objective().reconstruction() == Reconstruction.MSE
                    && d.parameters().stream().allMatch(OfDense.class::isInstance));
    List<LayerParameters> nothing =
        drawn.parameters().stream()
            .map(OfDense.class::cast)
            .<LayerParameters>map(
                p -> new OfDense(p.inputs(), p.outputs(), new float[p.kernel().length], zeros(p)))
            .toList();
    TrainedDetector silent =
        new TrainedDetector(
            drawn.preprocessor(), drawn.network(), nothing, drawn.objective(), drawn.klWeight());
    float[] row = new float[4];
    float[] zero = new float[4];
    drawn.preprocessor().expected(zero, 1, row);
    try (Detector detector = open(silent);
        Explainer explainer = detector.explainer()) {
      float[] shares = explainer.explain(row, 0).contribution();
      float sum = shares[0] + shares[1] + shares[2] + shares[3];
      assertThat(sum).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void theSameDetectorGivesTheSameBytes() {
    byte[] first = bytes(RandomDetectors.draw(5));
    assertThat(bytes(RandomDetectors.draw(5))).isEqualTo(first);
    assertThat(bytes(RandomDetectors.draw(6))).isNotEqualTo(first);
  }

  @Test
  void weightsReadBackBitForBitByLayerName() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      TrainedDetector trained = RandomDetectors.draw(seed);
      List<TensorProto> tensors =
          ModelProto.parseFrom(bytes(trained)).getGraph().getInitializerList();
      List<String> names = LayerNames.of(trained.network());
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        switch (trained.parameters().get(i)) {
          case OfDense dense -> {
            assertThat(floats(tensors, name + "/kernel")).isEqualTo(dense.kernel());
            assertThat(floats(tensors, name + "/bias")).isEqualTo(dense.bias());
          }
          case OfBatchNorm norm -> {
            assertThat(floats(tensors, name + "/gamma")).isEqualTo(norm.gamma());
            assertThat(floats(tensors, name + "/beta")).isEqualTo(norm.beta());
            assertThat(floats(tensors, name + "/moving_mean")).isEqualTo(norm.movingMean());
            assertThat(floats(tensors, name + "/moving_variance")).isEqualTo(norm.movingVariance());
          }
          case OfStepDense dense -> {
            assertThat(floats(tensors, name + "/kernel")).isEqualTo(dense.kernel());
            assertThat(floats(tensors, name + "/bias")).isEqualTo(dense.bias());
          }
          case OfLstm lstm -> {
            List<LayerParameters> read = WeightsReader.read(bytes(trained), trained.network());
            assertThat(read.get(i)).usingRecursiveComparison().isEqualTo(lstm);
          }
          case OfDropout _, OfRepeat _ -> {}
        }
      }
    }
  }

  @Test
  void theFileSaysWhatItIs() throws Exception {
    TrainedDetector trained = RandomDetectors.draw(5);
    ModelProto model = ModelProto.parseFrom(bytes(trained));
    assertThat(model.getProducerName()).isEqualTo("weir");
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo(ModelCard.METADATA_KEY);
    assertThat(model.getGraph().getInput(0).getType().getTensorType().getShape().getDim(0))
        .hasFieldOrPropertyWithValue("dimParam", "batch");
    try (Detector detector = open(trained)) {
      assertThat(detector.card()).isEqualTo(RandomDetectors.card(trained));
    }
  }

  @Test
  void theNumberOfNodesDoesNotGrowWithTheNumberOfFeatures() throws Exception {
    assertThat(nodes(mixed(300))).isLessThanOrEqualTo(nodes(mixed(30)) + 5);
  }

  @Test
  void hundredsOfFeaturesAgreeToo() throws Exception {
    TrainedDetector trained = RandomDetectors.draw(mixed(300), new Random(8));
    PlainDetector plain = new PlainDetector(trained);
    Agreement agreement = new Agreement(RandomDetectors.card(trained));
    try (Detector detector = open(trained);
        Explainer explainer = detector.explainer()) {
      for (float[] row : split(RandomDetectors.rows(trained, 20, 8), 20)) {
        Explanation answer = explainer.explain(row, 0);
        Deviation worst = agreement.worst(row, plain.explain(row, answer), answer);
        assertThat(worst.agrees()).as(worst.toString()).isTrue();
      }
    }
  }

  @Test
  void crossEntropyWithoutASigmoidIsRefused() {
    TrainedDetector trained =
        firstWith(
            numbers(3), d -> !d.network().output().activation().toString().startsWith("Sigmoid"));
    Objective bce = new Objective(Reconstruction.BCE, Reduction.MEAN, 1, Reduction.MEAN);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TrainedDetector(
                    trained.preprocessor(), trained.network(), trained.parameters(), bce, 0))
        .withMessageContaining("Binary cross-entropy needs a sigmoid");
  }

  private static TrainedDetector firstWith(
      List<FeatureSpec> features, Predicate<TrainedDetector> wanted) {
    return IntStream.range(0, 100)
        .mapToObj(seed -> RandomDetectors.draw(features, new Random(seed)))
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  private static List<FeatureSpec> numbers(int count) {
    return IntStream.range(0, count)
        .<FeatureSpec>mapToObj(i -> new Numeric("n" + i, "n" + i, true))
        .toList();
  }

  private static List<FeatureSpec> mixed(int count) {
    List<FeatureSpec> features = new ArrayList<>(numbers(count / 2));
    for (int i = count / 2; i < count; i++) {
      features.add(new Category("c" + i, "c" + i, true, List.of("a", "b")));
    }
    return features;
  }

  private static int nodes(List<FeatureSpec> features) throws Exception {
    byte[] bytes = bytes(RandomDetectors.draw(features, new Random(1)));
    return ModelProto.parseFrom(bytes).getGraph().getNodeCount();
  }

  private static float[] zeros(OfDense parameters) {
    return new float[parameters.bias().length];
  }

  private static byte[] bytes(TrainedDetector trained) {
    return DetectorFile.bytes(trained, RandomDetectors.card(trained));
  }

  private static Detector open(TrainedDetector trained) throws Exception {
    return Detector.draft(bytes(trained), "memory");
  }

  private static List<float[]> split(float[] values, int rows) {
    int features = values.length / rows;
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(values, row * features, (row + 1) * features))
        .toList();
  }

  private static float[] floats(List<TensorProto> tensors, String name) {
    TensorProto tensor =
        tensors.stream().filter(t -> t.getName().equals(name)).findFirst().orElseThrow();
    FloatBuffer buffer =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
