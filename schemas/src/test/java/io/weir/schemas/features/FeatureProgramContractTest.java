package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.features.FeatureSpec.Category;
import io.weir.schemas.features.FeatureSpec.CyclicTime;
import io.weir.schemas.features.FeatureSpec.Flag;
import io.weir.schemas.features.FeatureSpec.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.apache.avro.Schema;

/// The program and its plain twin give the same features, for schemas, events and features of all
/// kinds.
class FeatureProgramContractTest {
  private static final List<String> VOCABULARY = List.of("b", "a", "true", "17", "ü€😀", "-1");
  private static final int[] MOSTLY_NUMERIC = {0, 0, 0, 0, 0, 1, 2, 2, 2, 3};

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 800, shrinking = ShrinkingMode.OFF)
  void givesWhatAvrosReaderGives(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Schema schema = new RandomSchemas(random).event();
    List<FeatureSpec> specs = features(schema, random);
    if (specs.isEmpty()) {
      return;
    }
    FeatureProgram program = FeatureProgram.compile(schema, null, specs);
    for (int i = 0; i < 5; i++) {
      RandomData data = new RandomData(random);
      byte[] event = data.encode(schema, data.datum(schema));
      agrees(program, specs, schema, event);
    }
    Statistics.label("status")
        .coverage(coverage -> coverage.check(DecodeStatus.OK).percentage(share -> share > 25));
  }

  /// Every path of the schema with every kind of feature, those that can be compiled, shuffled.
  static List<FeatureSpec> features(Schema schema, Random random) {
    List<String> paths = new ArrayList<>();
    paths(schema, "", 4, paths);
    List<FeatureSpec> specs = new ArrayList<>();
    for (String path : paths) {
      boolean nullable = random.nextInt(20) > 0;
      Cycle cycle = Cycle.values()[random.nextInt(3)];
      List<FeatureSpec> kinds =
          List.of(
              new Numeric(path, path, nullable),
              new Flag(path, path, nullable),
              new Category(path, path, nullable, VOCABULARY),
              new CyclicTime(path, path, nullable, cycle));
      specs.add(kinds.get(MOSTLY_NUMERIC[random.nextInt(MOSTLY_NUMERIC.length)]));
      specs.add(kinds.get(MOSTLY_NUMERIC[random.nextInt(MOSTLY_NUMERIC.length)]));
    }
    Collections.shuffle(specs, random);
    specs.removeIf(spec -> random.nextInt(3) == 0 || !compiles(schema, spec));
    return specs;
  }

  private static boolean compiles(Schema schema, FeatureSpec spec) {
    try {
      FeatureProgram.compile(schema, null, List.of(spec));
      return true;
    } catch (FeatureProgramException _) {
      return false;
    }
  }

  private static void paths(Schema schema, String path, int depth, List<String> paths) {
    if (depth < 0 || paths.size() > 40) {
      return;
    }
    switch (schema.getType()) {
      case RECORD ->
          schema
              .getFields()
              .forEach(
                  field ->
                      paths(
                          field.schema(),
                          path.isEmpty() ? field.name() : path + "." + field.name(),
                          depth - 1,
                          paths));
      case UNION -> schema.getTypes().forEach(branch -> paths(branch, path, depth, paths));
      case MAP ->
          RandomData.KEYS
              .subList(0, 3)
              .forEach(key -> paths(schema.getValueType(), path + "." + key, depth - 1, paths));
      default -> paths.add(path);
    }
  }

  private static void agrees(
      FeatureProgram program, List<FeatureSpec> specs, Schema schema, byte[] event)
      throws Exception {
    Object record = Reference.read(schema, schema, event);
    List<Reference.Answer> answers =
        specs.stream().map(spec -> Reference.feature(record, schema, spec)).toList();
    Set<DecodeStatus> failures =
        answers.stream()
            .map(Reference.Answer::status)
            .filter(status -> status != DecodeStatus.OK)
            .collect(Collectors.toSet());
    float[] out = new float[specs.size()];
    Arrays.fill(out, -99);

    DecodeStatus status = program.decode(event, 0, event.length, out, 0);

    Statistics.label("status").collect(status);
    Supplier<String> context = () -> schema + "\n" + specs + "\n" + record;
    if (!failures.isEmpty()) {
      assertThat(failures).as(context).contains(status);
      assertThat(program.explain(event, 0, event.length).status()).isEqualTo(status);
      return;
    }
    assertThat(status).as(context).isEqualTo(DecodeStatus.OK);
    for (int i = 0; i < out.length; i++) {
      assertThat(Float.floatToIntBits(out[i]))
          .as(context)
          .isEqualTo(Float.floatToIntBits(answers.get(i).value()));
    }
  }
}
