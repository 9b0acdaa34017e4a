/// Random numbers addressed by what they are for, so that no thread or batch size changes them.
package io.weir.trainer.engine.random;
