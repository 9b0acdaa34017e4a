/// Columns become features: by what they hold (training), or by what a model asks for (evaluation).
package io.weir.trainer.data.features;
