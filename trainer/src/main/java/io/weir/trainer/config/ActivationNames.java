package io.weir.trainer.config;

import io.weir.trainer.engine.layer.Activation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How activations are written in settings and cards: `linear`, `relu`, `tanh`, `sigmoid`,
/// `leaky_relu(0.3)`.
public final class ActivationNames {
  /// Keras' slope.
  private static final float DEFAULT_ALPHA = 0.3f;

  private static final List<String> NAMES =
      List.of("linear", "relu", "leaky_relu", "tanh", "sigmoid", "hard_sigmoid", "softmax");
  private static final Pattern LEAKY = Pattern.compile("leaky_?relu(?:\\(([0-9.]+)\\))?");

  private ActivationNames() {}

  /// Reads an activation; case does not count, `leaky_relu` alone has slope 0.3.
  ///
  /// @throws ConfigException naming the nearest activation when there is none
  public static Activation parse(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('-', '_').strip();
    Matcher leaky = LEAKY.matcher(name);
    if (leaky.matches()) {
      return leaky(text, leaky.group(1));
    }
    return switch (name) {
      case "linear" -> new Activation.Linear();
      case "relu" -> new Activation.Relu();
      case "tanh" -> new Activation.Tanh();
      case "sigmoid" -> new Activation.Sigmoid();
      case "hard_sigmoid" -> new Activation.HardSigmoid();
      case "softmax" -> new Activation.Softmax();
      default ->
          throw new ConfigException(
              "Activation \"%s\" is unknown%s Activations: %s"
                  .formatted(text, Nearest.hint(name, NAMES), String.join(", ", NAMES)));
    };
  }

  /// How an activation is written: what [#parse] reads.
  public static String of(Activation activation) {
    return switch (activation) {
      case Activation.Linear _ -> "linear";
      case Activation.Relu _ -> "relu";
      case Activation.LeakyRelu leaky -> "leaky_relu(" + leaky.alpha() + ")";
      case Activation.Tanh _ -> "tanh";
      case Activation.Sigmoid _ -> "sigmoid";
      case Activation.HardSigmoid _ -> "hard_sigmoid";
      case Activation.Softmax _ -> "softmax";
    };
  }

  private static Activation leaky(String text, String alpha) {
    try {
      return new Activation.LeakyRelu(alpha == null ? DEFAULT_ALPHA : Float.parseFloat(alpha));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("Activation \"%s\": %s".formatted(text, e.getMessage()));
    }
  }
}
