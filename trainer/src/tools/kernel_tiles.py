#!/usr/bin/env python3
"""Writes the register tiles of the Vector API kernels: one class for each shape, rows x vectors.

The compiler keeps the sums of a tile in registers only when each is a variable of its own, so the tiles are written out;
by this script, run again after changing it:

    python3 trainer/src/tools/kernel_tiles.py && mvn -N -P format validate
"""
import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent
TARGET = HERE / "main/java/io/weir/trainer/engine/kernel"
MULTIPLY = [(8, 3), (8, 2), (8, 1), (4, 3), (4, 2)]
TRANSPOSED = [(8, 3), (8, 2), (8, 1), (4, 3), (4, 2)]


def imports(*more):
    names = ["io.weir.trainer.engine.kernel.VectorMath.FLOATS", "io.weir.trainer.engine.kernel.VectorMath.LANES",
             "jdk.incubator.vector.FloatVector.broadcast", "jdk.incubator.vector.FloatVector.fromArray", *more]
    lines = [f"import static {name};" for name in sorted(names)]
    return "\n".join(lines + ["", "import jdk.incubator.vector.FloatVector;"])


def plus(base, count, step):
    if count == 0:
        return base
    return f"{base} + {step}" if count == 1 else f"{base} + {count} * {step}"


def multiply(rows, vectors):
    r, v = range(rows), range(vectors)
    out = []
    add = out.append
    for j in v:
        add(f"final int b{j} = Panels.index(depth, 0, {plus('column', j, 'LANES')});")
    for i in r:
        add(f"final int a{i} = {plus('ao', i, 'lda')};")
    for i in r:
        for j in v:
            add(f"FloatVector c{i}{j} = fromArray(FLOATS, init, {plus(plus('io', i, 'ldi'), j, 'LANES')});")
    add("for (int k = 0; k < depth; k++) {")
    for j in v:
        add(f"final FloatVector y{j} = fromArray(FLOATS, b, b{j} + k * Panels.WIDTH);")
    for i in r:
        add(f"final FloatVector x{i} = broadcast(FLOATS, a[a{i} + k]);")
        for j in v:
            add(f"c{i}{j} = x{i}.fma(y{j}, c{i}{j});")
    add("}")
    for i in r:
        for j in v:
            c = f"c{i}{j}"
            add(f"{c}.mul(slope).blend({c}, {c}.compare(GT, 0f)).intoArray(c, {plus(plus('co', i, 'ldc'), j, 'LANES')});")
    return f"""package io.weir.trainer.engine.kernel;

{imports("jdk.incubator.vector.VectorOperators.GT")}

/// `C = leaky(init + A B)` in tiles of {rows} rows x {vectors} vectors; written by
/// `kernel_tiles.py`. A and B advance by constants, which lets the range checks leave the loop. `a.fma(b, sum)`, not
/// `sum.fma(a, b)`: the other form copies a register each time. Too long to be inlined, so that it is compiled once, alone.
final class MultiplyTile{rows}x{vectors} {{
  private MultiplyTile{rows}x{vectors}() {{}}

  /// @param column of the first vector
  static void run(int depth, float[] a, int ao, int lda, float[] b, int column, float[] init, int io, int ldi,
      float slope, float[] c, int co, int ldc) {{
    {chr(10).join(out)}
  }}
}}
"""


def transposed(rows, vectors):
    r, v = range(rows), range(vectors)
    out = []
    add = out.append
    for i in r:
        for j in v:
            add(f"FloatVector g{i}{j} = zero(FLOATS);")
    for j in v:
        add(f"final int o{j} = Panels.index(tileRows, row, {plus('column', j, 'LANES')});")
    add("if (sum) {")
    for i in r:
        for j in v:
            add(f"g{i}{j} = fromArray(FLOATS, g, {plus(f'o{j}', i, 'WIDTH')});")
    add("}")
    add("int xi = xo;")
    add("int di = off;")
    add("for (int k = 0; k < rows; k++) {")
    for j in v:
        add(f"final FloatVector y{j} = fromArray(FLOATS, d, {plus('di', j, 'LANES')});")
    for i in r:
        add(f"final FloatVector x{i} = broadcast(FLOATS, x[{'xi' if i == 0 else f'xi + {i}'}]);")
        for j in v:
            add(f"g{i}{j} = x{i}.fma(y{j}, g{i}{j});")
    add("xi += ldx;")
    add("di += ldd;")
    add("}")
    for i in r:
        for j in v:
            add(f"g{i}{j}.intoArray(g, {plus(f'o{j}', i, 'WIDTH')});")
    return f"""package io.weir.trainer.engine.kernel;

{imports("io.weir.trainer.engine.kernel.Panels.WIDTH", "jdk.incubator.vector.FloatVector.zero")}

/// `G = Xᵀ D`, or `G += Xᵀ D`, in tiles of {rows} rows of G x {vectors} vectors; written by
/// `kernel_tiles.py` as the multiply tiles are.
final class TransposedTile{rows}x{vectors} {{
  private TransposedTile{rows}x{vectors}() {{}}

  /// @param column of the first vector
  /// @param sum whether G is added to
  static void run(int rows, float[] x, int xo, int ldx, float[] d, int off, int ldd, float[] g, int tileRows,
      int row, int column, boolean sum) {{
    {chr(10).join(out)}
  }}
}}
"""


def transposition():
    out = []
    add = out.append
    add("final IntVector keep = IntVector.fromArray(INTS, KEPT, SIZE - rows);")
    add("final int last = ao + (rows - 1) * SIZE;")
    for i in range(16):
        at = "ao" if i == 0 else "Math.min(%s, last)" % plus("ao", i, "SIZE")
        add(f"final IntVector a{i} = fromArray(FLOATS, a, {at}).reinterpretAsInts();")
    names = [f"a{i}" for i in range(16)]
    for stage, letter in zip(range(4), "bcde"):
        d = 1 << stage
        add(f"final IntVector low{d} = IntVector.fromArray(INTS, ORDERS, {2 * stage} * SIZE);")
        add(f"final IntVector high{d} = IntVector.fromArray(INTS, ORDERS, {2 * stage + 1} * SIZE);")
        for i in range(16):
            one, other = (names[i], names[i + d]) if not i & d else (names[i - d], names[i])
            add(f"final IntVector {letter}{i} = {'high' if i & d else 'low'}{d}.selectFrom({one}, {other});")
        names = [f"{letter}{i}" for i in range(16)]
    for i in range(16):
        store = f"e{i}.and(keep).reinterpretAsFloats().intoArray(b, {plus('bo', i, 'SIZE')});"
        add(store if i == 0 else f"if (columns > {i}) {{ {store} }}")
    return f"""package io.weir.trainer.engine.kernel;

import static io.weir.trainer.engine.kernel.VectorMath.FLOATS;
import static io.weir.trainer.engine.kernel.VectorMath.INTS;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;

/// The transposition of a square of 16 x 16 floats in vectors of 16: four rounds, each of which swaps the halves of blocks of
/// twice the size between two rows; written by `kernel_tiles.py`.
final class Transposition {{
  private static final int SIZE = 16;

  /// Behind each other for blocks of 1, 2, 4 and 8: which lanes of two vectors make the first one, and which the second.
  private static final int[] ORDERS = orders();

  /// Read from `SIZE - rows`: all bits in the first lanes.
  private static final int[] KEPT = kept();

  private Transposition() {{}}

  private static int[] orders() {{
    int[] lanes = new int[8 * SIZE];
    for (int round = 0; round < 4; round++) {{
      int d = 1 << round;
      for (int lane = 0; lane < SIZE; lane++) {{
        boolean first = (lane & d) == 0;
        lanes[2 * round * SIZE + lane] = first ? lane : SIZE + lane - d;
        lanes[(2 * round + 1) * SIZE + lane] = first ? lane + d : SIZE + lane;
      }}
    }}
    return lanes;
  }}

  private static int[] kept() {{
    int[] bits = new int[2 * SIZE];
    Arrays.fill(bits, 0, SIZE, -1);
    return bits;
  }}

  /// As [Kernels#transpose].
  static void run(int rows, int columns, float[] a, int ao, float[] b, int bo) {{
    {chr(10).join(out)}
  }}
}}
"""


(TARGET / "Transposition.java").write_text(transposition())
for shape in MULTIPLY:
    (TARGET / f"MultiplyTile{shape[0]}x{shape[1]}.java").write_text(multiply(*shape))
for shape in TRANSPOSED:
    (TARGET / f"TransposedTile{shape[0]}x{shape[1]}.java").write_text(transposed(*shape))
