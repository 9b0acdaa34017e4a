package io.weir.trainer.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [FloatMath] in vectors, step by step the same.
final class VectorMath {
  /// Asks for a vector length other than the machine's preferred one: 128, 256 or 512 bits.
  static final String BITS_PROPERTY = "weir.kernel.bits";

  static final VectorSpecies<Float> FLOATS = species();
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  static final int LANES = FLOATS.length();

  private VectorMath() {}

  private static VectorSpecies<Float> species() {
    int bits = Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 512);
    return switch (Integer.getInteger(BITS_PROPERTY, bits)) {
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      case 512 -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "%s=%s: must be 128, 256 or 512 (this machine prefers %d)"
                  .formatted(BITS_PROPERTY, System.getProperty(BITS_PROPERTY), bits));
    };
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  static FloatVector exp(FloatVector argument) {
    FloatVector x = argument.max(FloatMath.EXP_MIN).min(FloatMath.EXP_MAX);
    FloatVector t = x.fma(all(FloatMath.LOG2_E), all(FloatMath.ROUND));
    FloatVector n = t.sub(FloatMath.ROUND);
    FloatVector r = n.fma(all(-FloatMath.LN2_HIGH), x);
    r = n.fma(all(-FloatMath.LN2_LOW), r);
    FloatVector p = all(FloatMath.E0).fma(r, all(FloatMath.E1));
    p = p.fma(r, all(FloatMath.E2));
    p = p.fma(r, all(FloatMath.E3));
    p = p.fma(r, all(FloatMath.E4));
    p = p.fma(r, all(FloatMath.E5));
    p = p.fma(r.mul(r), r.add(1f));
    IntVector exponent = t.reinterpretAsInts().sub(FloatMath.ROUND_BITS - 127);
    return p.mul(exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
  }

  static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector e = bits.sub(FloatMath.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector m = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector ef = toFloats(e);
    FloatVector z = m.mul(m);
    FloatVector p = all(FloatMath.L0).fma(m, all(FloatMath.L1));
    p = p.fma(m, all(FloatMath.L2));
    p = p.fma(m, all(FloatMath.L3));
    p = p.fma(m, all(FloatMath.L4));
    p = p.fma(m, all(FloatMath.L5));
    p = p.fma(m, all(FloatMath.L6));
    p = p.fma(m, all(FloatMath.L7));
    p = p.fma(m, all(FloatMath.L8));
    FloatVector y = p.mul(m).mul(z);
    y = ef.fma(all(FloatMath.LN2_LOW), y);
    y = z.fma(all(-0.5f), y);
    return ef.fma(all(FloatMath.LN2_HIGH), m.add(y));
  }

  static FloatVector sigmoid(FloatVector x) {
    return all(1f).div(exp(x.neg()).add(1f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector big = all(1f).sub(all(2f).div(exp(x.add(x)).add(1f)));
    FloatVector z = x.mul(x);
    FloatVector p = all(FloatMath.T0).fma(z, all(FloatMath.T1));
    p = p.fma(z, all(FloatMath.T2));
    p = p.fma(z, all(FloatMath.T3));
    p = p.fma(z, all(FloatMath.T4));
    return big.blend(p.mul(z).fma(x, x), x.abs().lt(FloatMath.TANH_SMALL));
  }

  static FloatVector sinPi(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = all(FloatMath.S0).fma(z, all(FloatMath.S1));
    p = p.fma(z, all(FloatMath.S2));
    p = p.fma(z, all(FloatMath.S3));
    p = p.fma(z, all(FloatMath.S4));
    return p.mul(x);
  }

  static FloatVector toFloats(IntVector x) {
    return (FloatVector) x.convertShape(VectorOperators.I2F, FLOATS, 0);
  }
}
