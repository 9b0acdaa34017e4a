/// How often alerts come, beside how often they were asked for.
package io.weir.benchmarks.calibration;
