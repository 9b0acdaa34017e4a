package io.weir.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.card.FeaturePreprocessing.Transform;
import io.weir.schemas.features.FeatureSpec;
import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.Numeric;
import io.weir.trainer.data.bulk.RowValues;
import io.weir.trainer.data.bulk.RowWriter;
import io.weir.trainer.data.bulk.Storage;
import io.weir.trainer.data.bulk.WindowRows;
import io.weir.trainer.data.prepare.Preprocessor;
import io.weir.trainer.data.prepare.Treatment;
import io.weir.trainer.fit.FitException.Unsuitable;
import io.weir.trainer.fit.InputRows.InBlocks;
import io.weir.trainer.fit.InputRows.InMemory;
import io.weir.trainer.fit.InputRows.InWindows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of several events, which share their events.
class WindowTrainingTest {
  private static final int EVENTS = 900;
  private static final int STEPS = 4;
  private static final List<FeatureSpec> FEATURES =
      List.of(
          new Numeric("x", "x", true),
          new Category("c", "c", true, List.of("red", "green")),
          new Numeric("y", "y", true));
  private static final FitListener SILENT = new FitListener() {};

  @TempDir Path directory;

  @Test
  void windowsTrainAsTheSameRowsWrittenOutWould() {
    InputRows windows = InputRows.of(windows(heap()), preprocessor(), Storage.standard());
    assertThat(windows).isInstanceOf(InWindows.class);
    float[] writtenOut = new float[windows.rows() * windows.columns()];
    windows.read(0, windows.rows(), writtenOut, 0);
    assertSame(fit(windows, 1), fit(new InMemory(writtenOut, windows.rows(), columns()), 1));
  }

  @Test
  void aWindowIsWhatItsRawValuesBecomeEventByEvent() {
    WindowRows raw = windows(heap());
    InputRows windows = InWindows.of(raw, preprocessor());
    float[] expected = new float[columns()];
    float[] actual = new float[columns()];
    for (int row = 0; row < raw.rows(); row++) {
      preprocessor().encode(raw.row(row), 0, STEPS, expected, 0);
      windows.read(row, 1, actual, 0);
      assertThat(actual).containsExactly(expected);
    }
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    InputRows memory = InWindows.of(windows(heap()), preprocessor());
    InputRows blocks = new InBlocks(windows(file()), preprocessor(), 64, 3);
    assertSame(fit(memory, 4), fit(memory, 1));
    assertSame(fit(blocks, 4), fit(blocks, 1));
  }

  @Test
  void whereTheEventsStandDoesNotChangeABit() {
    InputRows file = new InBlocks(windows(file()), preprocessor(), 64, 3);
    InputRows heap = new InBlocks(windows(heap()), preprocessor(), 64, 3);
    assertSame(fit(file, 1), fit(heap, 1));
  }

  @Test
  void eventsThatAreTooManyForTheHeapWaitAsWindows() {
    InputRows rows = InputRows.of(windows(file()), preprocessor(), new Storage(directory, 1000));
    assertThat(rows).isInstanceOf(InBlocks.class);
    assertThat(rows.columns()).isEqualTo(columns());
    float[] expected = new float[rows.rows() * columns()];
    InWindows.of(windows(heap()), preprocessor()).read(0, rows.rows(), expected, 0);
    float[] actual = new float[rows.rows() * columns()];
    rows.read(0, rows.rows(), actual, 0);
    assertThat(actual).containsExactly(expected);
  }

  @Test
  void measuredWindowsCostTheSameInBlocksAndInMemory() {
    InputRows memory = InWindows.of(windows(heap()), preprocessor());
    InputRows blocks = new InBlocks(windows(file()), preprocessor(), 32, 2);
    FitResult trained = fit(memory, 1);
    int[] some = IntStream.range(0, memory.rows()).filter(row -> row % 7 != 3).toArray();
    assertThat(measured(trained, blocks, some)).isEqualTo(measured(trained, memory, some));
  }

  @Test
  void everyEventCountsOnceInTheStatistics() {
    Preprocessor ofWindows = Preprocessor.fit(FEATURES, treatments(), windows(heap()));
    Preprocessor ofEvents = Preprocessor.fit(FEATURES, treatments(), windows(heap()).members());
    assertThat(ofWindows.preprocessing()).isEqualTo(ofEvents.preprocessing());
  }

  @Test
  void theLastWindowsOfEachKeyAreHeldOutAndNoOtherSharesTheirEvents() {
    // Events 0 to 9 are one key's, 10 to 19 the other's.
    int[] last = {3, 13, 4, 14, 5, 15, 6, 16, 7, 17, 8, 18, 9, 19};
    int[] first = Arrays.stream(last).map(l -> l - STEPS + 1).toArray();
    WindowRows windows = new WindowRows(heap(), STEPS, first, last);
    int[] keyOf = Arrays.stream(last).map(l -> l / 10).toArray();
    Split split = Split.lastOfEachKey(windows, keyOf, 0.25);
    assertThat(lasts(split.validation(), last)).containsExactly(8, 9, 18, 19);
    assertThat(lasts(split.training(), last)).containsExactly(3, 4, 13, 14);
    assertThat(Split.lastOfEachKey(windows, keyOf, 0).training()).hasSize(14);
  }

  @Test
  void keysOfASingleWindowAreHeldOutInTurn() {
    int[] at = IntStream.range(0, 100).map(i -> 4 * i + 3).toArray();
    WindowRows windows =
        new WindowRows(heap(), STEPS, Arrays.stream(at).map(l -> l - 3).toArray(), at);
    Split split = Split.lastOfEachKey(windows, IntStream.range(0, 100).toArray(), 0.1);
    assertThat(split.validation()).hasSize(10);
    assertThat(split.training()).hasSize(90);
  }

  @Test
  void whereNoWindowIsLeftToLearnFromTheCureIsTold() {
    WindowRows windows = new WindowRows(heap(), 3, new int[] {0, 1}, new int[] {2, 3});
    assertThatThrownBy(() -> Split.lastOfEachKey(windows, new int[2], 0.1))
        .isInstanceOf(Unsuitable.class)
        .hasMessageContaining("Of 2 windows, the last 0.1 of each key are held out")
        .hasMessageContaining("--validation");
  }

  @Test
  void theLastRowsCanBeHeldOutUnshuffled() {
    Split split = Split.last(10, 0.25);
    assertThat(split.training()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(split.validation()).containsExactly(7, 8, 9);
    assertThat(Split.last(10, 0).validation()).isEmpty();
    assertThat(Split.last(1, 0.9).training()).containsExactly(0);
  }

  @Test
  void trainingGoesOnWithAGivenSplit() {
    InputRows rows = InWindows.of(windows(heap()), preprocessor());
    Split split = Split.last(rows.rows(), 0.2);
    TrainingRows training = new TrainingRows(rows, null, null);
    FitSettings settings = Toys.settings(50, 2, 0.1, 7, 1);
    FitResult start =
        new Fit().run(Toys.vae(columns(), 20, 3), Toys.MSE, training, split, settings, SILENT);
    FitResult further =
        new Fit()
            .continueFrom(
                start.parameters(),
                Toys.vae(columns(), 20, 3),
                Toys.MSE,
                training,
                split,
                settings,
                SILENT);
    assertThat(further.validationRows()).containsExactly(split.validation());
    assertThat(further.best().validationLoss()).isLessThan(start.best().validationLoss());
  }

  private static int[] lasts(int[] windows, int[] last) {
    return Arrays.stream(windows).map(window -> last[window]).sorted().toArray();
  }

  private static MeasuredLoss measured(FitResult trained, InputRows rows, int[] some) {
    return new Fit()
        .measure(
            trained.parameters(),
            Toys.vae(columns(), 20, 3),
            Toys.MSE,
            new TrainingRows(rows, null, null),
            some,
            Toys.settings(50, 1, 0.1, 7, 2));
  }

  private static FitResult fit(InputRows rows, int threads) {
    return new Fit()
        .run(
            Toys.vae(columns(), 20, 3),
            Toys.MSE,
            new TrainingRows(rows, null, null),
            Toys.settings(50, 3, 0.1, 7, threads),
            SILENT);
  }

  private static int columns() {
    return STEPS * preprocessor().inputs();
  }

  /// Full ones, and every tenth one shorter.
  private static WindowRows windows(RowValues events) {
    int[] last = IntStream.range(STEPS - 1, EVENTS).filter(i -> i % 5 != 2).toArray();
    int[] first = Arrays.stream(last).map(l -> l - (l % 10 == 0 ? l % STEPS : STEPS - 1)).toArray();
    return new WindowRows(events, STEPS, first, last);
  }

  private static Preprocessor preprocessor() {
    return Preprocessor.fit(FEATURES, treatments(), heap());
  }

  private static List<Treatment> treatments() {
    Treatment standard = new Treatment(Transform.NONE, Scaling.STANDARD);
    Treatment none = new Treatment(Transform.NONE, Scaling.NONE);
    return List.of(standard, none, standard);
  }

  private static float[] raw() {
    Random random = new Random(2);
    float[] raw = new float[EVENTS * FEATURES.size()];
    for (int event = 0; event < EVENTS; event++) {
      int at = event * FEATURES.size();
      raw[at] = event % 50 == 7 ? Float.NaN : (float) (5 + 3 * Math.sin(event / 9.0));
      raw[at + 1] = random.nextInt(3);
      raw[at + 2] = (float) (raw[at + 1] + random.nextGaussian());
    }
    return raw;
  }

  private static RowValues heap() {
    return RowValues.of(raw(), FEATURES.size());
  }

  private RowValues file() {
    RowWriter writer = new RowWriter(new Storage(directory, 0), EVENTS, FEATURES.size());
    for (float value : raw()) {
      writer.put(value);
    }
    return writer.finish();
  }

  private static void assertSame(FitResult actual, FitResult expected) {
    assertThat(actual.parameters()).usingRecursiveComparison().isEqualTo(expected.parameters());
    assertThat(actual.history())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(expected.history());
  }
}
