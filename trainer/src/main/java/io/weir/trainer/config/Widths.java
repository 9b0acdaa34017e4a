package io.weir.trainer.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The widths that a [Layout] is made of, before the number of inputs is known.
public sealed interface Widths {
  /// The widths for a network of `inputs` inputs and `latent` latent columns.
  List<Integer> at(int inputs, int latent);

  /// As stated.
  record Listed(List<Width> widths) implements Widths {
    public Listed {
      widths = List.copyOf(widths);
    }

    @Override
    public List<Integer> at(int inputs, int latent) {
      return widths.stream().map(width -> width.at(inputs)).toList();
    }

    @Override
    public String toString() {
      return widths.stream().map(Width::toString).collect(Collectors.joining(","));
    }
  }

  /// Falling evenly from the inputs D_0 to the latent D_L: `D_i = D_0 - floor((D_0 - D_L) i / L)`.
  /// Hidden are those between; with a single layer there is none.
  ///
  /// @param layers L, from the inputs to the latent, at least 1
  record Falling(int layers) implements Widths {
    public Falling {
      if (layers < 1) {
        throw new ConfigException("--depth %d: must be at least 1".formatted(layers));
      }
    }

    @Override
    public List<Integer> at(int inputs, int latent) {
      long fall = (long) inputs - latent;
      return IntStream.range(1, layers)
          .mapToObj(i -> inputs - (int) Math.floorDiv(fall * i, (long) layers))
          .toList();
    }

    @Override
    public String toString() {
      return "falling evenly in %d".formatted(layers);
    }
  }

  /// Reads `20,10,7` or `2o,14`; an empty text is no hidden layer.
  static Widths parse(String text) {
    return new Listed(
        text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(Width::parse).toList());
  }
}
