package io.weir.trainer.engine.kernel;

/// Elementary functions of the scalar twin, mostly from the polynomials of Cephes (Moshier,
/// `expf.c`, `logf.c`); [VectorMath] takes the same steps lane by lane. NaN stays NaN.
public final class FloatMath {
  static final float LOG2_E = 1.44269504f;

  /// Added and taken away, it rounds to an integer, which the lowest bits then show.
  static final float ROUND = 12582912f;

  static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float EXP_MIN = -87.3f;
  static final float EXP_MAX = 88f;
  static final float E0 = 1.9875691500e-4f;
  static final float E1 = 1.3981999507e-3f;
  static final float E2 = 8.3334519073e-3f;
  static final float E3 = 4.1665795894e-2f;
  static final float E4 = 1.6666665459e-1f;
  static final float E5 = 5.0000001201e-1f;

  static final int SQRT_HALF_BITS = 0x3f3504f3;
  static final float L0 = 7.0376836292e-2f;
  static final float L1 = -1.1514610310e-1f;
  static final float L2 = 1.1676998740e-1f;
  static final float L3 = -1.2420140846e-1f;
  static final float L4 = 1.4249322787e-1f;
  static final float L5 = -1.6668057665e-1f;
  static final float L6 = 2.0000714765e-1f;
  static final float L7 = -2.4999993993e-1f;
  static final float L8 = 3.3333331174e-1f;

  /// Beyond this, tanh is 1 in float.
  static final float TANH_MAX = 7.90531110763549805f;

  static final float T0 = -2.76076847742355e-16f;
  static final float T1 = 2.00018790482477e-13f;
  static final float T2 = -8.60467152213735e-11f;
  static final float T3 = 5.12229709037114e-08f;
  static final float T4 = 1.48572235717979e-05f;
  static final float T5 = 6.37261928875436e-04f;
  static final float T6 = 4.89352455891786e-03f;
  static final float U0 = 1.19825839466702e-06f;
  static final float U1 = 1.18534705686654e-04f;
  static final float U2 = 2.26843463243900e-03f;
  static final float U3 = 4.89352518554385e-03f;

  static final float S0 = 0.07756038f;
  static final float S1 = -0.5982421f;
  static final float S2 = 2.5500698f;
  static final float S3 = -5.1677097f;
  static final float S4 = 3.1415927f;

  private FloatMath() {}

  /// `e^x` for x in [-87.3, 88], clamped outside.
  public static float exp(float x) {
    x = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
    float t = Math.fma(x, LOG2_E, ROUND);
    float n = t - ROUND;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(E0, r, E1);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r * r, r + 1f);
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(t) - ROUND_BITS + 127) << 23);
  }

  /// Natural logarithm of a positive normal number.
  public static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int e = (bits - SQRT_HALF_BITS) >> 23;
    float m = Float.intBitsToFloat(bits - (e << 23)) - 1f;
    float z = m * m;
    float p = Math.fma(L0, m, L1);
    p = Math.fma(p, m, L2);
    p = Math.fma(p, m, L3);
    p = Math.fma(p, m, L4);
    p = Math.fma(p, m, L5);
    p = Math.fma(p, m, L6);
    p = Math.fma(p, m, L7);
    p = Math.fma(p, m, L8);
    float y = p * m * z;
    y = Math.fma(e, LN2_LOW, y);
    y = Math.fma(z, -0.5f, y);
    return Math.fma(e, LN2_HIGH, m + y);
  }

  /// `1 / (1 + exp(-x))`, with the whole negative tail.
  public static float sigmoid(float x) {
    return 1f / (exp(-x) + 1f);
  }

  /// Hyperbolic tangent, by the rational approximation of Eigen (`MathFunctionsImpl.h`).
  static float tanh(float argument) {
    float x = Math.min(Math.max(argument, -TANH_MAX), TANH_MAX);
    float z = x * x;
    float p = Math.fma(T0, z, T1);
    p = Math.fma(p, z, T2);
    p = Math.fma(p, z, T3);
    p = Math.fma(p, z, T4);
    p = Math.fma(p, z, T5);
    p = Math.fma(p, z, T6);
    float q = Math.fma(U0, z, U1);
    q = Math.fma(q, z, U2);
    q = Math.fma(q, z, U3);
    return p * x / q;
  }

  /// `sin(pi x)` for |x| at most 1/2.
  static float sinPi(float x) {
    float z = x * x;
    float p = Math.fma(S0, z, S1);
    p = Math.fma(p, z, S2);
    p = Math.fma(p, z, S3);
    p = Math.fma(p, z, S4);
    return p * x;
  }
}
