/// The trainer's command line: `train`, `experiment`, `evaluate`, `score`, `inspect`, `presets`.
package io.weir.trainer.command;
