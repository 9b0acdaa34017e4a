/// How many alerts incidents make of anomalous events, and what they miss.
package io.weir.benchmarks.incidents;
