package io.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.schemas.card.FeaturePreprocessing;
import io.weir.schemas.card.FeaturePreprocessing.Scaling;
import io.weir.schemas.features.FeatureSpec;
import io.weir.trainer.data.ask.DataException;
import io.weir.trainer.data.ask.DataRequest;
import io.weir.trainer.data.ask.DataRequest.Roles;
import io.weir.trainer.data.ask.DataRequest.Selection;
import io.weir.trainer.data.ask.DataRequest.Treatments;
import io.weir.trainer.data.ask.SourceFormat;
import io.weir.trainer.data.ask.ValueRange;
import io.weir.trainer.data.prepare.Preprocessor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// IDX files: images become rows of pixels, labels a column that is no feature.
class IdxFilesTest {
  private static final int UBYTE = 8;

  /// Three images of 2 x 2 pixels; the first pixel is 0 in all of them.
  private static final int[] IMAGES = {0, 10, 20, 30, 0, 50, 60, 255, 0, 90, 100, 110};

  @TempDir Path directory;

  @Test
  void imagesBecomeRowsOfPixelsInRowMajorOrder() {
    for (String name : List.of("train-images-idx3-ubyte", "train-images-idx3-ubyte.gz")) {
      Dataset data = DataReader.infer(DataRequest.of(images(name)));
      assertThat(data.features().stream().map(FeatureSpec::name))
          .containsExactly("p0", "p1", "p2", "p3");
      assertThat(data.rows()).isEqualTo(3);
      for (int i = 0; i < IMAGES.length; i++) {
        assertThat(data.values()[i]).isEqualTo(IMAGES[i]);
      }
      assertThat(data.sources().getFirst().kind()).isEqualTo("idx");
    }
  }

  @Test
  void everyPixelIsKeptAndScaledBy255WhateverTheRowsHold() {
    Dataset data = DataReader.infer(DataRequest.of(images("a.idx")));
    Preprocessor fitted =
        Preprocessor.fit(data.features(), data.treatments(), data.values(), data.rows());
    assertThat(fitted.preprocessing())
        .allSatisfy(
            pixel -> {
              assertThat(pixel.scaling()).isEqualTo(Scaling.MIN_MAX);
              assertThat(pixel.shift()).isZero();
              assertThat(pixel.factor()).isEqualTo(1f / 255);
            });
    float[] inputs = new float[12];
    fitted.apply(data.values(), 3, inputs);
    assertThat(inputs[7]).isEqualTo(1f, within(1e-7f));
    assertThat(inputs[4]).isZero();
  }

  @Test
  void theScalingOfThePresetDoesNotTouchPixelsButAStatedOneDoes() {
    Treatments preset =
        new Treatments(List.of(), List.of(), Scaling.STANDARD, Map.of(), Map.of(), true);
    Treatments stated =
        new Treatments(List.of(), List.of(), Scaling.STANDARD, Map.of(), Map.of(), false);
    Treatments narrower =
        new Treatments(
            List.of(),
            List.of(),
            Scaling.STANDARD,
            Map.of("p1", Scaling.MIN_MAX),
            Map.of("p1", new ValueRange(0, 127.5f)),
            true);
    String images = images("a.idx");
    assertThat(scalingOfP1(images, preset).factor()).isEqualTo(1f / 255);
    assertThat(scalingOfP1(images, stated).scaling()).isEqualTo(Scaling.STANDARD);
    assertThat(scalingOfP1(images, narrower).factor()).isEqualTo(2f / 255);
  }

  @Test
  void theLabelsBesideTheImagesAreAColumnButNoFeature() {
    String images = images("t-images-idx3-ubyte");
    labels("t-labels-idx1-ubyte.gz", 0, 7, 3);
    Dataset unlabelled = DataReader.infer(DataRequest.of(images));
    assertThat(unlabelled.features()).hasSize(4);
    assertThat(unlabelled.columns())
        .filteredOn(column -> column.column().equals("label"))
        .singleElement()
        .satisfies(column -> assertThat(column.outcome()).isEqualTo("left out"));
    Roles roles = new Roles("label", "7", false, null, null, null);
    Dataset labelled = DataReader.infer(DataRequest.of(images).withRoles(roles));
    assertThat(labelled.labels()).containsExactly(1, 0, 1);
    DataRequest where = DataRequest.of(images);
    Dataset some =
        DataReader.infer(where.withSource(where.source().withWhere("label > 0 and p3 < 200")));
    assertThat(some.rowNumbers()).containsExactly(2);
    Dataset included =
        DataReader.infer(
            DataRequest.of(images).withSelection(new Selection(List.of("label", "p*"), List.of())));
    assertThat(included.features()).hasSize(5);
  }

  @Test
  void labelsOfAnotherNameCanBeStated() {
    DataRequest request = DataRequest.of(images("t-images-idx3-ubyte"));
    Path named = Path.of(labels("classes.idx", 0, 1, 0));
    Dataset data =
        DataReader.infer(
            request.withSource(request.source().withLabels(named)).withRoles(Roles.label("label")));
    assertThat(data.labels()).containsExactly(0, 1, 0);
  }

  @Test
  void aDirectoryOfImagesAndLabelsIsOneSource() {
    images("a-images-idx3-ubyte");
    labels("a-labels-idx1-ubyte", 0, 0, 1);
    images("b-images-idx3-ubyte.gz");
    labels("b-labels-idx1-ubyte.gz", 1, 0, 0);
    Dataset data =
        DataReader.infer(DataRequest.of(directory.toString()).withRoles(Roles.label("label")));
    assertThat(data.rows()).isEqualTo(6);
    assertThat(data.labels()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(data.sources()).hasSize(2).allSatisfy(s -> assertThat(s.rows()).isEqualTo(3));
  }

  @Test
  void aModelOfImagesBindsToOtherImages() {
    Dataset train = DataReader.infer(DataRequest.of(images("a-images-idx3-ubyte")));
    String other = images("b-images-idx3-ubyte");
    labels("b-labels-idx1-ubyte", 0, 1, 1);
    Dataset test =
        DataReader.bind(DataRequest.of(other).withRoles(Roles.label("label")), train.features());
    assertThat(test.values()).isEqualTo(train.values());
    assertThat(test.labels()).containsExactly(0, 1, 1);
  }

  @Test
  void allElementTypesAndDimensions() {
    assertThat(values(idx("a.idx", 9, ints(3), ByteBuffer.wrap(new byte[] {-128, 0, 127}))))
        .containsExactly(-128, 0, 127);
    ByteBuffer shorts = ByteBuffer.allocate(8).putShort((short) -300).putShort((short) 1);
    shorts.putShort((short) 2).putShort((short) 32767);
    assertThat(values(idx("b.idx", 11, ints(2, 2), shorts))).containsExactly(-300, 1, 2, 32767);
    assertThat(values(idx("c.idx", 12, ints(2), ByteBuffer.allocate(8).putInt(-70000).putInt(5))))
        .containsExactly(-70000, 5);
    assertThat(
            values(
                idx(
                    "d.idx",
                    13,
                    ints(2, 1, 1),
                    ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2.25f))))
        .containsExactly(1.5f, -2.25f);
    assertThat(
            values(
                idx(
                    "e.idx",
                    14,
                    ints(1, 2),
                    ByteBuffer.allocate(16).putDouble(0.1).putDouble(1e10))))
        .containsExactly(0.1f, 1e10f);
  }

  @Test
  void damagedFilesAreRefusedWithoutBeingTrusted() {
    refused(raw("x.idx", bytes(1, 2, 3, 4, 5)), "is no IDX file", "[1, 2, 3, 4]");
    refused(raw("short.idx", bytes(0, 0, 8)), "cut off in its header");
    refused(raw("dims.idx", bytes(0, 0, 8, 3, 0, 0, 0, 1, 0, 0)), "cut off in its header");
    refused(raw("zero.idx", bytes(0, 0, 8, 0)), "is no IDX file");
    refused(raw("type.idx", bytes(0, 0, 10, 1, 0, 0, 0, 1, 1)), "is no IDX file");
    refused(raw("many.idx", bytes(0, 0, 8, 255)), "255 dimensions");
    int huge = 0xFFFF_FFFF;
    refused(idx("wide.idx", UBYTE, ints(1, huge, huge), bytes(1)), "1 to 16384", "too wide");
    refused(idx("none.idx", UBYTE, ints(1, 0, huge), bytes(1)), "no values");
    refused(idx("rows.idx", UBYTE, ints(huge, 2), bytes(1)), "4294967295 rows");
    refused(idx("cut.idx", UBYTE, ints(3, 2), bytes(1, 2, 3)), "is cut off in 15 bytes");
    refused(idx("huge.idx.gz", UBYTE, ints(2_000_000_000, 2), bytes(1, 2, 3)), "cut off in row 1");
    refused(idx("long.idx", UBYTE, ints(1, 2), bytes(1, 2, 3)), "goes on after the 1 rows");
    refused(raw("text.idx.gz", bytes(1, 2, 3, 4)), "cannot be read as IDX");
    refused(idx("empty.idx", UBYTE, ints(0, 2), bytes()), "no rows");
  }

  @Test
  void labelsThatDoNotFitAreRefused() {
    String images = images("t-images-idx3-ubyte");
    labels("t-labels-idx1-ubyte", 0, 1);
    refused(images, "holds 2 labels", "3 rows");
    idx("t-labels-idx1-ubyte", 13, ints(3), ByteBuffer.allocate(12));
    refused(images, "1 FLOAT values a row", "one whole number each");
    DataRequest csv = DataRequest.of(Rows.write(directory.resolve("a.csv"), "x", "1", "2"));
    assertThatThrownBy(
            () -> DataReader.infer(csv.withSource(csv.source().withLabels(Path.of(images)))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in csv the label is a column");
  }

  @Test
  void theFormatCanBeStatedForAnyName() {
    DataRequest request = DataRequest.of(images("pictures.bin"));
    assertThat(
            DataReader.infer(request.withSource(request.source().withFormat(SourceFormat.IDX)))
                .rows())
        .isEqualTo(3);
  }

  @Test
  void fashionMnistIsRead() {
    Path images =
        Path.of(System.getenv().getOrDefault("WEIR_DATA", "../../shared/data"))
            .resolve("fashion-mnist/train-images-idx3-ubyte.gz");
    assumeThat(images).as("Fashion-MNIST").exists();
    DataRequest request =
        DataRequest.of(images.toString())
            .withRoles(new Roles("label", "9", false, null, null, null));
    Dataset data = DataReader.infer(request);
    assertThat(data.rows()).isEqualTo(60_000);
    assertThat(data.features()).hasSize(784);
    int boots = 0;
    for (byte label : data.labels()) {
      boots += 1 - label;
    }
    assertThat(boots).isEqualTo(6_000);
    double sum = 0;
    for (float value : data.values()) {
      sum += value;
    }
    // The published mean of the normalised training images.
    assertThat(sum / data.values().length / 255).isEqualTo(0.2860, within(5e-5));
  }

  private FeaturePreprocessing scalingOfP1(String images, Treatments treatments) {
    Dataset data = DataReader.infer(DataRequest.of(images).withTreatments(treatments));
    return Preprocessor.fit(data.features(), data.treatments(), data.values(), data.rows())
        .preprocessing()
        .get(1);
  }

  private void refused(String file, String... parts) {
    assertThatThrownBy(() -> DataReader.infer(DataRequest.of(file)))
        .isInstanceOf(DataException.class)
        .message()
        .startsWith(directory.toString())
        .contains(parts);
  }

  private float[] values(String file) {
    return DataReader.infer(DataRequest.of(file)).values();
  }

  private String images(String name) {
    byte[] pixels = new byte[IMAGES.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) IMAGES[i];
    }
    return idx(name, UBYTE, ints(3, 2, 2), ByteBuffer.wrap(pixels));
  }

  private String labels(String name, int... labels) {
    return idx(name, UBYTE, ints(labels.length), bytes(labels));
  }

  private String idx(String name, int type, int[] dimensions, ByteBuffer values) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(new byte[] {0, 0, (byte) type, (byte) dimensions.length});
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(values.array());
      return raw(name, ByteBuffer.wrap(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String raw(String name, ByteBuffer bytes) {
    Path file = directory.resolve(name);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out =
            name.endsWith(".gz") && !name.startsWith("text")
                ? new GZIPOutputStream(plain)
                : plain) {
      out.write(bytes.array());
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static ByteBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(bytes);
  }
}
