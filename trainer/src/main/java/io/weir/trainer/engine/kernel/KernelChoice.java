package io.weir.trainer.engine.kernel;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which twin runs, decided once for the process and logged with the reason. Forced by
/// `-Dweir.kernel=scalar|vector`, the vector length by `-Dweir.kernel.bits=128|256|512`.
public final class KernelChoice {
  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final String PROPERTY = "weir.kernel";
  private static final String AUTO = "auto";

  /// Asks for a vector length other than the machine's preferred one.
  static final String BITS_PROPERTY = "weir.kernel.bits";

  private static final List<String> LENGTHS = List.of("128", "256", "512");
  private static final String MODULE = "jdk.incubator.vector";

  /// Floating-point operations that the plain twin has done by the time vectors would be warm.
  private static final double PLAIN_WORK = 3e9;

  private static final Kernels PLAIN = new ScalarKernels();

  private static Kernels chosen;
  private static double asked;

  private KernelChoice() {}

  /// The process's kernels.
  ///
  /// @throws IllegalArgumentException if a property has an unknown value, or asks for vectors that
  ///   the process cannot have
  public static synchronized Kernels chosen() {
    if (chosen == null) {
      chosen = choose(System.getProperty(PROPERTY, AUTO));
    }
    return chosen;
  }

  /// The kernels for so much work: the process's, but the plain twin for what is done before they
  /// would be warm, unless they are already or a property asks for others. Both give the same bits.
  ///
  /// @param flops floating-point operations; those of earlier calls are added
  public static synchronized Kernels forWork(double flops) {
    boolean free = System.getProperty(PROPERTY, AUTO).equals(AUTO);
    asked += flops;
    return chosen == null && free && asked < PLAIN_WORK ? PLAIN : chosen();
  }

  /// The plain twin, for comparisons.
  public static Kernels scalar() {
    return PLAIN;
  }

  static Kernels choose(String wanted) {
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    return switch (wanted) {
      case "scalar" -> {
        LOG.info("Kernels: scalar, as {}=scalar asks", PROPERTY);
        yield new ScalarKernels();
      }
      case "vector" -> {
        if (!present) {
          throw new IllegalArgumentException(
              "%s=vector, but %s is not in the module graph: add --add-modules %s"
                  .formatted(PROPERTY, MODULE, MODULE));
        }
        yield vector("as " + PROPERTY + "=vector asks");
      }
      case AUTO -> {
        if (!present) {
          LOG.warn(
              "Kernels: scalar, several times slower, because {} is not in the module graph: add"
                  + " --add-modules {}",
              MODULE,
              MODULE);
          yield new ScalarKernels();
        }
        if (!VectorMath.supported()) {
          LOG.warn("Kernels: scalar, because this processor has no vectors of 128 bits or more");
          yield new ScalarKernels();
        }
        yield vector("the length this machine prefers, unless " + BITS_PROPERTY + " says another");
      }
      default ->
          throw new IllegalArgumentException(
              "%s=%s: must be scalar, vector or auto".formatted(PROPERTY, wanted));
    };
  }

  private static Kernels vector(String reason) {
    String bits = System.getProperty(BITS_PROPERTY);
    if (bits != null && !LENGTHS.contains(bits)) {
      throw new IllegalArgumentException(
          "%s=%s: must be 128, 256 or 512".formatted(BITS_PROPERTY, bits));
    }
    Kernels kernels = new VectorKernels();
    LOG.info("Kernels: {}, {}", kernels.name(), reason);
    KernelWarmUp.run(kernels);
    return kernels;
  }
}
