package io.weir.trainer.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// How a preset turns a few widths into its hidden layers.
public enum Layout {
  /// The encoder's widths, mirrored in the decoder.
  MIRRORED("any number of widths: the encoder's hidden layers, mirrored in the decoder", -1) {
    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      return new Hidden(widths, OptionalInt.empty(), widths.reversed());
    }
  },

  /// Behind LSTMs that read the row.
  DECODER_ONLY(
      "any number of widths: hidden layers from the latent to the output; the encoder has LSTMs",
      -1) {
    @Override
    boolean takes(Widths widths) {
      return widths instanceof Widths.Listed;
    }

    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      return new Hidden(List.of(), OptionalInt.empty(), widths);
    }
  },

  /// ML4Anomalies' `VAE_model_extended`.
  EXTENDED("three widths i,n,h: encoder i-n-n-n-h, decoder h-n-n-n-i", 3) {
    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      int i = widths.get(0);
      int n = widths.get(1);
      int h = widths.get(2);
      return new Hidden(List.of(i, n, n, n, h), OptionalInt.empty(), List.of(h, n, n, n, i));
    }
  },

  /// ML4Anomalies' `VAE_model`: most of its layers are as wide as the data (o), the decoder's first
  /// as wide as the latent (l).
  AS_WIDE_AS_DATA("two widths i,h: encoder i-o-o-o-h, decoder l-o-o-h", 2) {
    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      int i = widths.get(0);
      int h = widths.get(1);
      return new Hidden(
          List.of(i, inputs, inputs, inputs, h),
          OptionalInt.empty(),
          List.of(latent, inputs, inputs, h));
    }
  },

  /// ML4Anomalies' `VAE_model3`: mirrored, behind one decoder layer as wide as the latent.
  LATENT_THEN_MIRRORED(
      "any number of widths: the encoder's hidden layers; the decoder is one layer as wide as the"
          + " latent, then their mirror",
      -1) {
    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      List<Integer> decoder = new ArrayList<>();
      decoder.add(latent);
      decoder.addAll(widths.reversed());
      return new Hidden(widths, OptionalInt.empty(), decoder);
    }
  },

  /// ML4Anomalies' `test_VAE`: the decoder starts with a linear layer.
  LINEAR_THEN_WIDE("two widths i,h: encoder i-o-o-o-h, decoder h (linear)-h-o-o", 2) {
    @Override
    Hidden hidden(int inputs, List<Integer> widths, int latent) {
      int i = widths.get(0);
      int h = widths.get(1);
      return new Hidden(
          List.of(i, inputs, inputs, inputs, h), OptionalInt.of(h), List.of(h, inputs, inputs));
    }
  };

  /// Widths of the hidden layers: from the input to the heads, and from the latent to the output.
  ///
  /// @param linear of the plain dense layer that the decoder starts with, where there is one
  public record Hidden(List<Integer> encoder, OptionalInt linear, List<Integer> decoder) {
    public Hidden {
      encoder = List.copyOf(encoder);
      decoder = List.copyOf(decoder);
    }
  }

  private final String rule;
  private final int count;

  Layout(String rule, int count) {
    this.rule = rule;
    this.count = count;
  }

  /// What `--layers` means here, in a few words.
  public String rule() {
    return rule;
  }

  /// Whether these can be laid out.
  boolean takes(Widths widths) {
    return switch (widths) {
      case Widths.Listed(List<Width> listed) -> count < 0 || count == listed.size();
      case Widths.Falling _ -> count < 0;
    };
  }

  /// The hidden layers for widths that it [#takes].
  abstract Hidden hidden(int inputs, List<Integer> widths, int latent);
}
