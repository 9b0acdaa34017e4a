/// The trainer's command line: `train`, `evaluate`, `score`, `inspect`.
package io.weir.trainer.command;
