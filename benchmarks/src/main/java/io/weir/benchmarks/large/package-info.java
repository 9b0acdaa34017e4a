/// Training on more rows than the heap holds.
package io.weir.benchmarks.large;
