package io.weir.trainer.engine.kernel;

/// The inner loops of training, with a plain twin and a Vector API twin that give the same bits:
/// sums run in the same order in both, every multiply-add is fused in both, and the elementary
/// functions are the same polynomials.
///
/// Conventions. Activations are row-major with rows of `ld` floats, a multiple of [Panels#WIDTH];
/// padding columns hold finite numbers that no sum takes in, weights have zeros there. Right-hand
/// matrices are in [Panels]. `xo` is the offset of the first element in `x`. `width` is a multiple
/// of [Panels#WIDTH]. No kernel allocates.
public abstract class Kernels {
  /// Rows are worked on in groups of at most this many: the matrix products may read and write up
  /// to the next multiple of it.
  public static final int ROWS = 8;

  /// For subclasses; [KernelChoice] picks one.
  protected Kernels() {}

  /// Such as `vector 512 bits` or `scalar`.
  public abstract String name();

  /// `C = leaky(init + A B)` with `leaky(c) = c > 0 ? c : slope c`: A [rows x depth], B [depth x
  /// width] in panels, C [rows x width]. `init` may be C itself, or one row for all (`ldi` 0, a
  /// bias). Rows up to the next multiple of [#ROWS] are computed too and must exist.
  ///
  /// @param slope 1 for the plain product, 0 for ReLU
  public abstract void multiply(
      int rows,
      int depth,
      int width,
      float[] a,
      int ao,
      int lda,
      float[] b,
      float[] init,
      int io,
      int ldi,
      float slope,
      float[] c,
      int co,
      int ldc);

  /// A tile of `G = Xᵀ D`: X [rows x tile], D [rows x width]; G [tile x width] in panels of
  /// `tileRows` rows. `tile` counts up to the next multiple of [#ROWS], which must exist in X's
  /// rows and in `tileRows`.
  ///
  /// @param sum whether it is added to what G holds: `G += Xᵀ D`
  public abstract void transposedMultiply(
      int rows,
      int tile,
      int width,
      float[] x,
      int xo,
      int ldx,
      float[] d,
      int off,
      int ldd,
      float[] g,
      int tileRows,
      boolean sum);

  /// `b[bo + c * 16 + r] = a[ao + r * 16 + c]` for up to 16 rows r and 16 columns c: a piece of a
  /// panel. Of each of the columns all 16 floats are written, zeros after the last row.
  public abstract void transpose(int rows, int columns, float[] a, int ao, float[] b, int bo);

  /// `sums[so + j] = sum over rows of D[row, j]`: D [rows x width].
  public abstract void columnSums(
      int rows, int width, float[] d, int off, int ldd, float[] sums, int so);

  /// `y = y > 0 ? y : alpha y` on `count` floats, a multiple of [Panels#WIDTH]; alpha 0 is ReLU.
  public abstract void leakyRelu(float[] y, int from, int count, float alpha);

  /// `d *= y > 0 ? 1 : alpha`.
  public abstract void leakyReluGradient(float[] y, float[] d, int from, int count, float alpha);

  /// `y = tanh(y)`.
  public abstract void tanh(float[] y, int from, int count);

  /// `d *= 1 - y²`.
  public abstract void tanhGradient(float[] y, float[] d, int from, int count);

  /// `y = 1 / (1 + exp(-y))`.
  public abstract void sigmoid(float[] y, int from, int count);

  /// `d *= y (1 - y)`.
  public abstract void sigmoidGradient(float[] y, float[] d, int from, int count);

  /// One step of an LSTM for rows of four gates of `width` columns each, in Keras' order i, f, c,
  /// o: the gates, before their activations, become `i = sigmoid(i)`, `f = sigmoid(f)`, `g =
  /// tanh(c)`, `o = sigmoid(o)`; then `cell = f before + i g`, `tanh = tanh(cell)`, `h = o tanh`.
  /// The cells and their tanh are [rows x width] at the same places.
  ///
  /// @param before the cells of the step before
  public abstract void lstmCell(
      int rows,
      int width,
      float[] gates,
      int go,
      int ldg,
      float[] before,
      float[] cell,
      float[] tanh,
      int co,
      int ldc,
      float[] h,
      int ho,
      int ldh);

  /// The way back of [#lstmCell]: the gates become the gradient before their activations; `dCell`,
  /// the gradient of the cells that comes from the step after, becomes that of the step before.
  ///
  /// @param dh gradient of h, from the step after and from the layer's output
  public abstract void lstmCellGradient(
      int rows,
      int width,
      float[] gates,
      int go,
      int ldg,
      float[] before,
      float[] tanh,
      float[] dCell,
      int co,
      int ldc,
      float[] dh,
      int ho,
      int ldh);

  /// Squared error `e = w_r scale_j (y - x)²` and its gradient `d = g w_r scale_j 2 (y - x)`, over
  /// [rows x width]. `scale` [width] holds 0 in padding columns. Sums of e over rows and every 16th
  /// column go to `sums[so..so+16)`.
  ///
  /// @param w weight of each row, from `wo`
  /// @param g factor of the gradient only, such as 1 / batch
  public abstract void squaredError(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so);

  /// As [#squaredError] with `e = w_r scale_j |y - x|`, gradient the sign, 0 at equality.
  public abstract void absoluteError(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so);

  /// As [#squaredError] with binary cross-entropy of `sigmoid(y)`, from the logit y clipped to
  /// ±log((1 - 1e-7) / 1e-7); gradient `sigmoid(y) - x`. Uses y as working memory: what it holds
  /// afterwards means nothing.
  public abstract void crossEntropyOfLogits(
      int rows,
      int width,
      float[] y,
      float[] x,
      float[] d,
      int off,
      float[] scale,
      float[] w,
      int wo,
      float g,
      float[] sums,
      int so);

  /// `deviation = exp(logVariance / 2)`, `z = mean + deviation noise`, and the sums of `logVariance
  /// - mean² - deviation² + 1` over rows and every 16th column. All [rows x width].
  public abstract void sample(
      int rows,
      int width,
      float[] mean,
      float[] logVariance,
      float[] noise,
      float[] deviation,
      float[] z,
      int off,
      float[] sums,
      int so);

  /// The gradient of z and of `k` times the KL divergence, handed on to the heads: `dMean = dz + k
  /// mean`, `dLogVariance = (dz noise deviation + k (deviation² - 1)) / 2`.
  public abstract void sampleGradient(
      int count,
      float[] dz,
      float[] mean,
      float[] noise,
      float[] deviation,
      float[] dMean,
      float[] dLogVariance,
      int off,
      float k);

  /// Pairs of standard normals from pairs of random words (Box and Muller, 1958): the radius from
  /// the upper 24 bits of one, the angle from the other's. `count` is a multiple of [Panels#WIDTH].
  public abstract void normals(
      int count, int[] radius, int[] angle, float[] cosines, float[] sines);

  /// One Adam update of `count` weights at `off`, gradients at `go`: `m += decay1 (g - m)`, `v +=
  /// decay2 (g² - v)`, `w -= step m / (sqrt(v) + epsilon)`. Moments below 1e-30 become 0, or they
  /// would linger as subnormal numbers, which are slow.
  ///
  /// @param decay1 1 - beta1
  /// @param decay2 1 - beta2
  public abstract void adam(
      int count,
      float[] w,
      float[] m,
      float[] v,
      int off,
      float[] g,
      int go,
      float decay1,
      float decay2,
      float step,
      float epsilon);
}
