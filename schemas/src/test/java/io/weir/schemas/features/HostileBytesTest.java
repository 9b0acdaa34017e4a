package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weir.schemas.features.FeatureSpec.Numeric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/// Whatever the bytes are, the program ends soon and says what is wrong.
class HostileBytesTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void endsWithAStatusForDamagedEvents(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Schema schema = new RandomSchemas(random).event();
    List<FeatureSpec> specs = FeatureProgramContractTest.features(schema, random);
    if (specs.isEmpty()) {
      return;
    }
    FeatureProgram program = FeatureProgram.compile(schema, null, specs);
    RandomData data = new RandomData(random);
    byte[] event = data.encode(schema, data.datum(schema));
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int i = 0; i < 100; i++) {
            byte[] damaged = damage(event, random);
            float[] out = new float[specs.size()];
            DecodeStatus status = program.decode(damaged, 0, damaged.length, out, 0);
            if (status != DecodeStatus.OK) {
              DecodeFailure failure = program.explain(damaged, 0, damaged.length);
              assertThat(failure.status()).isEqualTo(status);
              assertThat(failure.position()).isBetween(0, damaged.length);
              assertThat(failure.field()).isNotBlank();
              assertThat(failure.message()).startsWith("At byte " + failure.position() + " of ");
            }
          }
        });
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void callsEveryEventTruncatedThatLacksItsEnd(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Schema schema = new RandomSchemas(random).event();
    List<FeatureSpec> specs = FeatureProgramContractTest.features(schema, random);
    if (specs.isEmpty()) {
      return;
    }
    FeatureProgram program = FeatureProgram.compile(schema, null, specs);
    RandomData data = new RandomData(random);
    byte[] event = data.encode(schema, data.datum(schema));
    float[] out = new float[specs.size()];
    if (program.decode(event, 0, event.length, out, 0) == DecodeStatus.OK) {
      for (int length = 0; length < event.length; length++) {
        assertThat(program.decode(event, 0, length, out, 0)).isEqualTo(DecodeStatus.TRUNCATED);
      }
    }
  }

  private static byte[] damage(byte[] event, Random random) {
    byte[] damaged = Arrays.copyOf(event, Math.max(0, event.length + random.nextInt(9) - 4));
    for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
      int at = random.nextInt(damaged.length);
      if (random.nextBoolean()) {
        damaged[at] = (byte) random.nextInt(256);
      } else {
        Arrays.fill(damaged, at, Math.min(damaged.length, at + 9), (byte) 0xff);
      }
    }
    return damaged;
  }

  @Test
  void countsNoItemsThatHaveNoBytes() throws Exception {
    // 2^62 nulls would keep a loop busy for a century.
    byte[] event =
        bytes(
            out -> {
              out.writeLong(1L << 62);
              out.writeLong(Long.MAX_VALUE);
              out.writeLong(0);
              out.writeDouble(7);
            });

    assertThat(decodeBehind("{'type':'array','items':'null'}", event)).isEqualTo(DecodeStatus.OK);
    assertThat(
            decodeBehind(
                "{'type':'array','items':{'type':'record','name':'Empty','fields':[]}}", event))
        .isEqualTo(DecodeStatus.OK);
  }

  @Test
  void refusesMoreItemsThanTheEventHasBytes() throws Exception {
    byte[] event = bytes(out -> out.writeLong(1L << 62));

    assertThat(decodeBehind("{'type':'array','items':'double'}", event))
        .isEqualTo(DecodeStatus.TRUNCATED);
    assertThat(decodeBehind("{'type':'array','items':'string'}", event))
        .isEqualTo(DecodeStatus.TRUNCATED);
    assertThat(decodeBehind("{'type':'map','values':'null'}", event))
        .isEqualTo(DecodeStatus.TRUNCATED);
  }

  @Test
  void refusesLengthsThatCannotBe() throws Exception {
    assertThat(decodeBehind("'string'", bytes(out -> out.writeLong(-1))))
        .isEqualTo(DecodeStatus.INVALID_LENGTH);
    assertThat(decodeBehind("'bytes'", bytes(out -> out.writeLong(Long.MAX_VALUE))))
        .isEqualTo(DecodeStatus.TRUNCATED);
    byte[] negativeBlock =
        bytes(
            out -> {
              out.writeLong(-1);
              out.writeLong(-5);
            });
    assertThat(decodeBehind("{'type':'array','items':'string'}", negativeBlock))
        .isEqualTo(DecodeStatus.INVALID_LENGTH);
  }

  @Test
  void skipsABlockByItsSizeWithoutLookingInside() throws Exception {
    byte[] event =
        bytes(
            out -> {
              out.writeLong(-1_000_000);
              out.writeLong(3);
              out.writeFixed(new byte[] {-1, -1, -1});
              out.writeLong(0);
              out.writeDouble(7);
            });

    assertThat(decodeBehind("{'type':'array','items':'string'}", event)).isEqualTo(DecodeStatus.OK);
  }

  @Test
  void refusesNumbersThatDoNotEnd() throws Exception {
    byte[] endless = new byte[32];
    Arrays.fill(endless, (byte) 0x80);

    assertThat(decodeBehind("'int'", endless)).isEqualTo(DecodeStatus.INVALID_VARINT);
    assertThat(decodeBehind("'long'", endless)).isEqualTo(DecodeStatus.INVALID_VARINT);
    assertThat(decodeBehind("'string'", endless)).isEqualTo(DecodeStatus.INVALID_VARINT);
    assertThat(decodeBehind("['null','int']", endless)).isEqualTo(DecodeStatus.INVALID_VARINT);
  }

  @Test
  void refusesBranchesAndSymbolsThatTheSchemaDoesNotHave() throws Exception {
    String union = "['null','int']";
    String symbols = "{'type':'enum','name':'Colour','symbols':['RED','BLUE']}";

    for (int index : new int[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] event = bytes(out -> out.writeInt(index));
      assertThat(decodeBehind(union, event)).isEqualTo(DecodeStatus.INVALID_INDEX);
      assertThat(decodeBehind(symbols, event)).isEqualTo(DecodeStatus.INVALID_INDEX);
    }
  }

  @Test
  void refusesEndlessNesting() throws Exception {
    String list =
        "{'type':'record','name':'Node','fields':["
            + "{'name':'v','type':'int'},{'name':'next','type':['null','Node']}]}";
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);
    String bottomless = "{'type':'record','name':'Self','fields':[{'name':'self','type':'Self'}]}";
    String pairs =
        "{'type':'record','name':'Pair','fields':["
            + "{'name':'all','type':{'type':'array','items':'Pair'}}]}";

    assertThat(decodeBehind(list, deep)).isEqualTo(DecodeStatus.TOO_DEEP);
    assertThat(decodeBehind(bottomless, deep)).isEqualTo(DecodeStatus.TOO_DEEP);
    assertThat(decodeBehind(pairs, deep)).isEqualTo(DecodeStatus.TOO_DEEP);
  }

  @Test
  void readsListsUpToTheDepthLimit() throws Exception {
    String list =
        "{'type':'record','name':'Node','fields':["
            + "{'name':'v','type':'int'},{'name':'next','type':['null','Node']}]}";
    byte[] event =
        bytes(
            out -> {
              for (int i = 0; i < 500; i++) {
                out.writeInt(i);
                out.writeIndex(i < 499 ? 1 : 0);
              }
              out.writeDouble(7);
            });

    assertThat(decodeBehind(list, event)).isEqualTo(DecodeStatus.OK);
  }

  @Test
  void runsOnASmallStack() throws Exception {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 2);
    String tree =
        "{'type':'record','name':'Tree','fields':["
            + "{'name':'children','type':{'type':'map','values':['null','Tree']}}]}";
    FeatureProgram program = programBehind(tree);
    AtomicReference<DecodeStatus> status = new AtomicReference<>();
    Runnable decoding = () -> status.set(program.decode(deep, 0, deep.length, new float[1], 0));
    Thread thread = new Thread(null, decoding, "small stack", 512 * 1024);
    thread.start();
    thread.join();

    assertThat(status.get()).isEqualTo(DecodeStatus.TOO_DEEP);
  }

  @Test
  void ignoresBytesBehindTheRecordAsAvrosReaderDoes() throws Exception {
    byte[] event =
        bytes(
            out -> {
              out.writeInt(1);
              out.writeDouble(7);
              out.writeString("left over");
            });

    assertThat(decodeBehind("'int'", event)).isEqualTo(DecodeStatus.OK);
  }

  @Test
  void staysWithinTheGivenRange() throws Exception {
    Schema schema = Events.recordOf("'double'");
    FeatureProgram program =
        FeatureProgram.compile(schema, null, List.of(new Numeric("value", "value", false)));
    float[] out = new float[2];

    assertThat(program.decode(new byte[20], 3, 7, out, 0)).isEqualTo(DecodeStatus.TRUNCATED);
    assertThatThrownBy(() -> program.decode(new byte[4], 1, 8, out, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> program.decode(new byte[8], 0, 8, out, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatCode(() -> program.decode(new byte[8], 0, 8, out, 1)).doesNotThrowAnyException();
  }

  /// Decodes a record of a field to skip, of the given type, and a double feature behind it.
  private static DecodeStatus decodeBehind(String type, byte[] event) throws Exception {
    FeatureProgram program = programBehind(type);
    return assertTimeoutPreemptively(
        SOON, () -> program.decode(event, 0, event.length, new float[1], 0));
  }

  private static FeatureProgram programBehind(String type) throws FeatureProgramException {
    Schema schema =
        Events.parse(
            "{'type':'record','name':'Event','fields':[{'name':'first','type':"
                + type
                + "},{'name':'value','type':'double'}]}");
    return FeatureProgram.compile(schema, null, List.of(new Numeric("value", "value", true)));
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] bytes(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    writing.to(encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
