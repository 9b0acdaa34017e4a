package io.weir.schemas.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class DecodeAllocationTest {
  @Test
  void decodingMakesNoObjects() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Schema schema = new RandomSchemas(random).event();
      List<FeatureSpec> specs = FeatureProgramContractTest.features(schema, random);
      if (specs.isEmpty()) {
        continue;
      }
      FeatureProgram program = FeatureProgram.compile(schema, null, specs);
      RandomData data = new RandomData(random);
      byte[] event = data.encode(schema, data.datum(schema));
      float[] out = new float[specs.size()];
      run(program, event, out, 10);

      long before = threads.getCurrentThreadAllocatedBytes();
      run(program, event, out, 1_000);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;

      // Less than a byte per event: the measurement itself may cost an object or two.
      assertThat(bytes).as(schema.toString()).isLessThan(1_000);
    }
  }

  private static void run(FeatureProgram program, byte[] event, float[] out, int times) {
    for (int i = 0; i < times; i++) {
      program.decode(event, 0, event.length, out, 0);
    }
  }
}
