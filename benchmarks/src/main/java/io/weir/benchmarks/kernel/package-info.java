/// The inner loops of training, measured by JMH against the arithmetic that the processor can do.
package io.weir.benchmarks.kernel;
