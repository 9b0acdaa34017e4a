/// Whether explanations name what is known to be wrong.
package io.weir.benchmarks.explain;
