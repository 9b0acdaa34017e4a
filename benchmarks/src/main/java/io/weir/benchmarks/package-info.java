/// Speed, each figure as a ratio to a peer or a limit of the same run, behind a correctness gate.
package io.weir.benchmarks;
