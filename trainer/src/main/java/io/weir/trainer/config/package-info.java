/// What a training run is asked to do: presets, the YAML file, and the network that they describe.
package io.weir.trainer.config;
