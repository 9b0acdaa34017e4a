package io.weir.trainer.engine.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [FloatMath] in vectors, step by step the same. Mostly from array to array: a method that takes
/// or gives vectors boxes them whenever the compiler's size limits keep it from being inlined,
/// which the vector classes' own methods are exempt from.
final class VectorMath {
  static final VectorSpecies<Float> FLOATS = species();
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  static final int LANES = FLOATS.length();

  private VectorMath() {}

  /// Whether the processor has vectors that are worth using.
  static boolean supported() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 128;
  }

  private static VectorSpecies<Float> species() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return switch (Integer.getInteger(KernelChoice.BITS_PROPERTY, preferred)) {
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }

  /// `to[i] = e^(factor * from[i])`.
  static void exp(float factor, float[] from, float[] to, int off, int count) {
    for (int i = off; i < off + count; i += LANES) {
      FloatVector x = fromArray(FLOATS, from, i).mul(factor);
      x = x.max(FloatMath.EXP_MIN).min(FloatMath.EXP_MAX);
      FloatVector t =
          x.fma(broadcast(FLOATS, FloatMath.LOG2_E), broadcast(FLOATS, FloatMath.ROUND));
      FloatVector n = t.sub(FloatMath.ROUND);
      FloatVector r = n.fma(broadcast(FLOATS, -FloatMath.LN2_HIGH), x);
      r = n.fma(broadcast(FLOATS, -FloatMath.LN2_LOW), r);
      FloatVector p = broadcast(FLOATS, FloatMath.E0).fma(r, broadcast(FLOATS, FloatMath.E1));
      p = p.fma(r, broadcast(FLOATS, FloatMath.E2));
      p = p.fma(r, broadcast(FLOATS, FloatMath.E3));
      p = p.fma(r, broadcast(FLOATS, FloatMath.E4));
      p = p.fma(r, broadcast(FLOATS, FloatMath.E5));
      p = p.fma(r.mul(r), r.add(1f));
      IntVector exponent = t.reinterpretAsInts().sub(FloatMath.ROUND_BITS - 127);
      FloatVector power = exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      p.mul(power).intoArray(to, i);
    }
  }

  static void sigmoid(float[] y, int off, int count) {
    exp(-1f, y, y, off, count);
    for (int i = off; i < off + count; i += LANES) {
      broadcast(FLOATS, 1f).div(fromArray(FLOATS, y, i).add(1f)).intoArray(y, i);
    }
  }

  static void tanh(float[] y, int off, int count) {
    for (int i = off; i < off + count; i += LANES) {
      FloatVector x = fromArray(FLOATS, y, i).max(-FloatMath.TANH_MAX).min(FloatMath.TANH_MAX);
      FloatVector z = x.mul(x);
      FloatVector p = broadcast(FLOATS, FloatMath.T0).fma(z, broadcast(FLOATS, FloatMath.T1));
      p = p.fma(z, broadcast(FLOATS, FloatMath.T2));
      p = p.fma(z, broadcast(FLOATS, FloatMath.T3));
      p = p.fma(z, broadcast(FLOATS, FloatMath.T4));
      p = p.fma(z, broadcast(FLOATS, FloatMath.T5));
      p = p.fma(z, broadcast(FLOATS, FloatMath.T6));
      FloatVector q = broadcast(FLOATS, FloatMath.U0).fma(z, broadcast(FLOATS, FloatMath.U1));
      q = q.fma(z, broadcast(FLOATS, FloatMath.U2));
      q = q.fma(z, broadcast(FLOATS, FloatMath.U3));
      p.mul(x).div(q).intoArray(y, i);
    }
  }

  /// `y = log(y)` for positive normal numbers.
  static void log(float[] y, int off, int count) {
    for (int i = off; i < off + count; i += LANES) {
      IntVector bits = fromArray(FLOATS, y, i).reinterpretAsInts();
      IntVector e = bits.sub(FloatMath.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector m = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
      FloatVector ef = (FloatVector) e.convertShape(VectorOperators.I2F, FLOATS, 0);
      FloatVector z = m.mul(m);
      FloatVector p = broadcast(FLOATS, FloatMath.L0).fma(m, broadcast(FLOATS, FloatMath.L1));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L2));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L3));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L4));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L5));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L6));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L7));
      p = p.fma(m, broadcast(FLOATS, FloatMath.L8));
      FloatVector t = p.mul(m).mul(z);
      t = ef.fma(broadcast(FLOATS, FloatMath.LN2_LOW), t);
      t = z.fma(broadcast(FLOATS, -0.5f), t);
      ef.fma(broadcast(FLOATS, FloatMath.LN2_HIGH), m.add(t)).intoArray(y, i);
    }
  }

  /// `u = (word's upper 24 bits + 1/2) / 2^24`: uniform in (0, 1].
  static void uniforms(int count, int[] words, float[] u) {
    for (int i = 0; i < count; i += LANES) {
      IntVector bits = IntVector.fromArray(INTS, words, i).lanewise(VectorOperators.LSHR, 8);
      FloatVector x = (FloatVector) bits.convertShape(VectorOperators.I2F, FLOATS, 0);
      x.add(0.5f).mul(0x1p-24f).intoArray(u, i);
    }
  }

  /// From the logarithms of uniforms, in `sines`, and random words to points in the plane: the
  /// radius is sqrt(-2 log u), the angle pi times the word's upper 24 bits, signed, over 2^23.
  static void turn(int count, int[] angle, float[] cosines, float[] sines) {
    for (int i = 0; i < count; i += LANES) {
      IntVector bits = IntVector.fromArray(INTS, angle, i).lanewise(VectorOperators.ASHR, 8);
      FloatVector turns = (FloatVector) bits.convertShape(VectorOperators.I2F, FLOATS, 0);
      FloatVector v = turns.mul(0x1p-23f);
      FloatVector h = broadcast(FLOATS, 0.5f).sub(v.abs());
      FloatVector f = broadcast(FLOATS, 0.5f).sub(h.abs());
      FloatVector z = h.mul(h);
      FloatVector p = broadcast(FLOATS, FloatMath.S0).fma(z, broadcast(FLOATS, FloatMath.S1));
      p = p.fma(z, broadcast(FLOATS, FloatMath.S2));
      p = p.fma(z, broadcast(FLOATS, FloatMath.S3));
      p = p.fma(z, broadcast(FLOATS, FloatMath.S4));
      FloatVector y = f.mul(f);
      FloatVector q = broadcast(FLOATS, FloatMath.S0).fma(y, broadcast(FLOATS, FloatMath.S1));
      q = q.fma(y, broadcast(FLOATS, FloatMath.S2));
      q = q.fma(y, broadcast(FLOATS, FloatMath.S3));
      q = q.fma(y, broadcast(FLOATS, FloatMath.S4));
      FloatVector sine = q.mul(f);
      FloatVector r = fromArray(FLOATS, sines, i).mul(-2f).sqrt();
      r.mul(p.mul(h)).intoArray(cosines, i);
      r.mul(sine.blend(sine.neg(), v.lt(0f))).intoArray(sines, i);
    }
  }
}
