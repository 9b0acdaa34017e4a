package io.weir.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.card.ModelCard;
import io.weir.schemas.card.ModelCard.GoldenVector;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {
  private static final int FEATURES = 3;

  @TempDir Path directory;

  @Test
  void opensAFileAndTellsWhatItIs() throws Exception {
    Path file = directory.resolve("model.onnx");
    Files.write(file, new HandBuiltModel(FEATURES).bytes());
    try (Detector detector = Detector.open(file)) {
      assertThat(detector.card()).isEqualTo(HandBuiltModel.card(FEATURES));
      assertThat(detector.origin()).isEqualTo(file.toString());
      assertThat(detector.sha256()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void sha256IsThatOfTheFile() throws Exception {
    byte[] model = new HandBuiltModel(FEATURES).bytes();
    Path file = Files.write(directory.resolve("model.onnx"), model);
    Process sum = new ProcessBuilder("sha256sum", file.toString()).start();
    String expected = new String(sum.getInputStream().readAllBytes()).substring(0, 64);
    try (Detector detector = Detector.open(model, "memory")) {
      assertThat(detector.sha256()).isEqualTo(expected);
    }
  }

  @Test
  void namesTheRuntimeThatTheBitsDependOn() {
    assertThat(Detector.runtime()).matches("onnxruntime 1\\.[0-9.]+, \\S+( \\S+)?");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Detector.open(directory.resolve("none.onnx")))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageContaining("none.onnx refused: it cannot be read (NoSuchFile)")
        .hasMessageContaining("Check the path");
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> Detector.open(directory))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageContaining("it cannot be read");
  }

  @Test
  void refusesAFileLargerThanAnyModelWithoutReadingIt() throws Exception {
    Path file = directory.resolve("huge.onnx");
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), Detector.MAX_BYTES);
    }
    assertThatThrownBy(() -> Detector.open(file))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageContaining("536,870,913 bytes are more than the 536,870,912");
  }

  @Test
  void refusesWhatIsNotOnnx() {
    refused("hello".getBytes(), "cannot open its 5 bytes");
    refused(new byte[0], "cannot open its 0 bytes");
  }

  @Test
  void refusesATruncatedModelAtEveryLength() {
    byte[] model = new HandBuiltModel(FEATURES).bytes();
    for (int length = 0; length < model.length; length += 17) {
      refused(Arrays.copyOf(model, length), "refused");
    }
  }

  @Test
  void refusesAModelWithoutACard() {
    refused(new HandBuiltModel(FEATURES).card((String) null).bytes(), "without a model card");
  }

  @Test
  void refusesABrokenCard() {
    refused(new HandBuiltModel(FEATURES).card("{\"cardVersion\": 1,").bytes(), "card is broken");
    refused(new HandBuiltModel(FEATURES).card("{\"cardVersion\": 1}").bytes(), "card");
    refused(new HandBuiltModel(FEATURES).card("[]").bytes(), "card is broken");
  }

  @Test
  void refusesACardOfANewerWeir() {
    String newer =
        HandBuiltModel.json(HandBuiltModel.card(FEATURES))
            .replace("\"cardVersion\":1", "\"cardVersion\":2")
            .replace("\"weirVersion\":\"test\"", "\"weirVersion\":\"9.0\"");
    refused(
        new HandBuiltModel(FEATURES).card(newer).bytes(),
        "card has version 2, this Weir reads 1 to 1. Use the Weir that published it (9.0)");
  }

  @Test
  void toleratesUnknownFieldsOfTheCard() throws Exception {
    String extended =
        HandBuiltModel.json(HandBuiltModel.card(FEATURES))
            .replaceFirst("\\{", "{\"mood\":\"good\",");
    Detector.open(new HandBuiltModel(FEATURES).card(extended).bytes(), "memory").close();
  }

  @Test
  void refusesTensorsThatDoNotFitTheCard() {
    refused(
        new HandBuiltModel(FEATURES).card(HandBuiltModel.card(4)).bytes(),
        "tensor `features` is",
        "the card asks for float [-1, 4]");
    refused(
        new HandBuiltModel(FEATURES).expectedCalled("guess").bytes(), "has no tensor `expected`");
    refused(new HandBuiltModel(FEATURES).doubles().bytes(), "tensor `features` is", "DOUBLE");
  }

  @Test
  void refusesACardThatContradictsItself() {
    ModelCard card = HandBuiltModel.card(FEATURES);
    String swapped =
        HandBuiltModel.json(card).replaceFirst("\"feature\":\"f1\"", "\"feature\":\"f2\"");
    refused(
        new HandBuiltModel(FEATURES).card(swapped).bytes(), "preprocessing: is for [f0, f2, f2]");
    refused(
        new HandBuiltModel(FEATURES).card(HandBuiltModel.card(FEATURES, List.of())).bytes(),
        "no golden vectors");
    refused(
        new HandBuiltModel(FEATURES)
            .card(HandBuiltModel.json(card).replace("\"mse\"", "\"hinge\""))
            .bytes(),
        "`hinge`");
    refused(
        new HandBuiltModel(FEATURES)
            .card(HandBuiltModel.json(card).replaceFirst("\"features\":\\[1.0,", "\"features\":["))
            .bytes(),
        "golden[0].features: has 2 values, the model has 3");
  }

  @Test
  void refusesAModelWhoseGoldenVectorsDoNotReproduce() {
    refused(
        new HandBuiltModel(FEATURES).weight(0.501f).bytes(),
        "golden vector 0 of 2 does not reproduce with " + Detector.runtime(),
        "instead of");
  }

  @Test
  void namesTheOutputThatDoesNotReproduce() {
    GoldenVector good = HandBuiltModel.golden(new float[] {1, 2, 3}, 0.5f);
    GoldenVector bad =
        new GoldenVector(
            good.features(),
            good.score(),
            good.reconstructionLoss(),
            good.klDivergence(),
            good.expected(),
            good.contribution(),
            List.of(6.1f));
    refused(
        new HandBuiltModel(FEATURES)
            .card(HandBuiltModel.card(FEATURES, List.of(good, bad)))
            .bytes(),
        "golden vector 1 of 2",
        "latent[0] is 6.0 instead of 6.1");
  }

  @Test
  void acceptsAModelWhoseGoldenVectorsDifferByRoundingOnly() throws Exception {
    Detector.open(new HandBuiltModel(FEATURES).weight(0.5f + 1e-7f).bytes(), "memory").close();
  }

  @Test
  void aClosedDetectorGivesNoScorers() throws Exception {
    Detector detector = Detector.open(new HandBuiltModel(FEATURES).bytes(), "memory");
    detector.close();
    detector.close();
    assertThat(detector.isFreed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> detector.scorer(1));
    assertThatIllegalStateException().isThrownBy(detector::explainer);
  }

  private static void refused(byte[] model, String... parts) {
    assertThatThrownBy(() -> Detector.open(model, "the-origin"))
        .isInstanceOf(DetectorRefusedException.class)
        .hasMessageContaining("the-origin")
        .hasMessageContainingAll(parts);
  }
}
