package io.weir.benchmarks.kernel;

import io.weir.trainer.engine.kernel.KernelChoice;
import io.weir.trainer.engine.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The three matrix products of a dense layer, by the kernels that training uses.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ProductBenchmark {
  /// See [ProductShape]; the driver sets it.
  @Param("32x16x20")
  public String shape;

  private Kernels kernels;
  private ProductArrays arrays;

  /// Makes the matrices.
  @Setup
  public void setUp() {
    kernels = KernelChoice.chosen();
    arrays = new ProductArrays(ProductShape.parse(shape));
  }

  /// `y = x W + b`.
  @Benchmark
  public float[] forward() {
    arrays.forward(kernels);
    return arrays.y;
  }

  /// `dx = dy Wᵀ`.
  @Benchmark
  public float[] inputGradient() {
    arrays.inputGradient(kernels);
    return arrays.dx;
  }

  /// `dW = xᵀ dy`.
  @Benchmark
  public float[] weightGradient() {
    arrays.weightGradient(kernels);
    return arrays.gradient;
  }
}
