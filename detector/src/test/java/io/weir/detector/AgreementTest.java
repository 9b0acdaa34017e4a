package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.card.ModelCard;
import io.weir.schemas.features.Cycle;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final float[] ROW = {1000, 1, 0};
  private static final Agreement AGREEMENT = new Agreement(card());

  @Test
  void equalRowsAgree() {
    assertThat(worst(explanation(0.5f, 1000, 1, 60)).difference()).isZero();
  }

  @Test
  void aLossWithinOneHundredThousandthAgrees() {
    assertThat(worst(explanation(0.5f * 1.000009f, 1000, 1, 60)).agrees()).isTrue();
    assertThat(worst(explanation(0.5f * 1.0001f, 1000, 1, 60)).agrees()).isFalse();
  }

  @Test
  void aTinyLossMayDifferByTheRoundingOfTheNetwork() {
    Explanation tiny = explanation(1e-8f, 1000, 1, 60);
    assertThat(AGREEMENT.worst(ROW, tiny, explanation(1.005e-8f, 1000, 1, 60)).agrees()).isTrue();
    assertThat(AGREEMENT.worst(ROW, tiny, explanation(1.2e-8f, 1000, 1, 60)).agrees()).isFalse();
  }

  @Test
  void anExpectedValueIsComparedInTheUnitOfTheNetwork() {
    assertThat(worst(explanation(0.5f, 1000.02f, 1, 60)).agrees()).isTrue();
    assertThat(worst(explanation(0.5f, 1001f, 1, 60)).output()).isEqualTo("expected[amount]");
    assertThat(worst(explanation(0.5f, 1001f, 1, 60)).agrees()).isFalse();
  }

  @Test
  void aCategoryIsTheSameOrAnother() {
    assertThat(worst(explanation(0.5f, 1000, 2, 60)).agrees()).isFalse();
  }

  @Test
  void timesAgreeAcrossMidnight() {
    Explanation justBefore = explanation(0.5f, 1000, 1, 86_399);
    assertThat(AGREEMENT.worst(ROW, justBefore, explanation(0.5f, 1000, 1, 1)).agrees()).isTrue();
    assertThat(AGREEMENT.worst(ROW, justBefore, explanation(0.5f, 1000, 1, 43_200)).agrees())
        .isFalse();
  }

  @Test
  void infinityAgreesWithItselfOnly() {
    Explanation infinite = explanation(Float.POSITIVE_INFINITY, 1000, 1, 60);
    assertThat(AGREEMENT.worst(ROW, infinite, infinite).agrees()).isTrue();
    assertThat(AGREEMENT.worst(ROW, infinite, explanation(1e30f, 1000, 1, 60)).agrees()).isFalse();
    assertThat(worst(infinite).agrees()).isFalse();
    assertThat(worst(explanation(Float.NaN, 1000, 1, 60)).agrees()).isFalse();
  }

  @Test
  void saysWhatItCompared() {
    assertThat(worst(explanation(0.6f, 1000, 1, 60)).toString())
        .startsWith("reconstruction_loss is 0.6 instead of 0.5 (off by 0.1");
  }

  private static Deviation worst(Explanation actual) {
    return AGREEMENT.worst(ROW, explanation(0.5f, 1000, 1, 60), actual);
  }

  private static Explanation explanation(float loss, float amount, float word, float time) {
    return new Explanation(
        loss,
        loss,
        0,
        new float[] {amount, word, time},
        new float[] {0.5f, 0.25f, 0.25f},
        new float[] {0.1f});
  }

  private static ModelCard card() {
    ModelCard plain = HandBuiltModel.card(3);
    return new ModelCard(
        1,
        "agreement",
        "1",
        plain.created(),
        plain.weirVersion(),
        List.of(
            new Numeric("amount", "amount", false),
            new Category("word", "word", false, List.of("a", "b")),
            new CyclicTime("time", "time", false, Cycle.TIME_OF_DAY)),
        List.of(
            new FeaturePreprocessing("amount", 0, Transform.LOG10, 1, Scaling.MIN_MAX, 0, 1 / 3f),
            new FeaturePreprocessing("word", 2, Transform.NONE, 0, Scaling.NONE, 0, 1),
            new FeaturePreprocessing("time", 0, Transform.NONE, 0, Scaling.NONE, 0, 1)),
        plain.architecture(),
        plain.training(),
        null,
        List.of(),
        plain.scoring(),
        null,
        List.of(),
        plain.golden());
  }
}
