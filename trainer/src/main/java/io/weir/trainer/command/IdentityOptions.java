package io.weir.trainer.command;

import io.weir.trainer.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The flags that say what the model is called and where it goes.
final class IdentityOptions {
  /// The Reproducible Builds project's variable: seconds since 1970 that stand in for the clock.
  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

  private static final String EXTENSION = ".onnx";
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file (default: the model's name with .onnx).")
  Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: from --out, else from the data's file name).")
  String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "The model's version (default: the time of publication).")
  String version;

  @Option(
      names = "--created",
      paramLabel = "INSTANT",
      description = {
        "Stands in for the clock: the same rows and settings then give the same file, byte for"
            + " byte.",
        "Such as 2026-01-01T00:00:00Z (default: the variable SOURCE_DATE_EPOCH, else the clock)."
      })
  String created;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "The losses per epoch as CSV (default: beside the model, .history.csv).")
  Path history;

  /// The model's name.
  ///
  /// @param data where the rows come from
  String name(String data) {
    if (name != null) {
      return name;
    }
    if (out != null) {
      return stem(out);
    }
    boolean path = data.matches("\\S+") && !data.matches(".*[*?\\[{].*");
    String stem = path ? Path.of(data).getFileName().toString().replaceFirst("\\..*", "") : "";
    return stem.isEmpty() ? "model" : stem;
  }

  /// The model file, whose directory exists.
  ///
  /// @throws ConfigException where it does not
  Path file(String data) {
    Path file = out == null ? Path.of(name(data) + EXTENSION) : out;
    requireDirectory("--out", file);
    return file;
  }

  /// The file of the losses per epoch, whose directory exists.
  ///
  /// @throws ConfigException where it does not
  Path history(Path model) {
    Path file = history == null ? model.resolveSibling(stem(model) + ".history.csv") : history;
    requireDirectory("--history", file);
    return file;
  }

  /// The model's version.
  String version(Instant published) {
    return version == null ? VERSION.format(published) : version;
  }

  /// What stands in for the clock; empty when nothing does.
  ///
  /// @throws ConfigException where it is no instant
  Optional<Instant> created() {
    String epoch = System.getenv(SOURCE_DATE_EPOCH);
    try {
      if (created != null) {
        return Optional.of(Instant.parse(created).truncatedTo(ChronoUnit.SECONDS));
      }
      return Optional.ofNullable(epoch).map(Long::parseLong).map(Instant::ofEpochSecond);
    } catch (DateTimeException e) {
      throw new ConfigException(
          "--created %s: an instant such as 2026-01-01T00:00:00Z is expected".formatted(created));
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "%s=%s: seconds since 1970 are expected".formatted(SOURCE_DATE_EPOCH, epoch));
    }
  }

  private static String stem(Path model) {
    String name = model.getFileName().toString();
    return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
  }

  private static void requireDirectory(String flag, Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(directory)) {
      throw new ConfigException(
          "%s %s: there is no directory %s; make it first".formatted(flag, file, directory));
    }
    if (Files.isDirectory(file)) {
      throw new ConfigException("%s %s is a directory; name a file in it".formatted(flag, file));
    }
  }
}
