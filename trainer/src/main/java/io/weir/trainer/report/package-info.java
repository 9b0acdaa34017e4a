/// Results laid out for people: terminal tables and the summary of a network.
package io.weir.trainer.report;
