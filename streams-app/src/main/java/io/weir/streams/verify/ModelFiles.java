package io.weir.streams.verify;

import io.weir.detector.Detector;
import io.weir.detector.DetectorRefusedException;
import io.weir.detector.ExecutionProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Model files, found by their SHA-256. Not thread-safe.
public final class ModelFiles implements AutoCloseable {
  private static final int NAMED = 5;

  private final ExecutionProvider provider;
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final Map<String, Detector> open = new HashMap<>();

  private ModelFiles(ExecutionProvider provider) {
    this.provider = provider;
  }

  /// What was found for a SHA-256.
  sealed interface Found {
    /// The model.
    record Model(Detector detector) implements Found {}

    /// None, or one that does not open here.
    record Missing(String why) implements Found {}
  }

  /// Reads the files once, for their SHA-256.
  ///
  /// @param named each must be there
  /// @param folders whose `.onnx` files are looked at, those of folders below included
  /// @param ifThere a file that need not be there
  /// @throws IOException if a file or folder cannot be read; the message names it
  public static ModelFiles read(
      List<Path> named, List<Path> folders, Path ifThere, ExecutionProvider provider)
      throws IOException {
    ModelFiles models = new ModelFiles(provider);
    for (Path file : named) {
      models.add(file);
    }
    for (Path folder : folders) {
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path file :
            below
                .filter(p -> p.toString().endsWith(".onnx"))
                .filter(Files::isRegularFile)
                .toList()) {
          models.add(file);
        }
      } catch (IOException e) {
        throw unreadable(folder, e);
      }
    }
    if (Files.isReadable(ifThere)) {
      models.add(ifThere);
    }
    return models;
  }

  private void add(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      files.putIfAbsent(HexFormat.of().formatHex(in.getMessageDigest().digest()), file);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static IOException unreadable(Path path, IOException e) {
    return new IOException(
        "%s cannot be read (%s): check the path and its permissions"
            .formatted(path, e.getClass().getSimpleName().replace("Exception", "")),
        e);
  }

  /// The model with this SHA-256, opened; it is closed with this.
  Found find(String sha256) {
    Path file = files.get(sha256);
    if (file == null) {
      return new Found.Missing(missing(sha256));
    }
    try {
      Detector detector = open.get(sha256);
      if (detector == null) {
        detector = Detector.open(file, provider);
        open.put(sha256, detector);
      }
      return detector.sha256().equals(sha256)
          ? new Found.Model(detector)
          : new Found.Missing("%s was changed while it was read".formatted(file));
    } catch (DetectorRefusedException e) {
      return new Found.Missing(e.getMessage());
    }
  }

  private String missing(String sha256) {
    String there =
        files.entrySet().stream()
            .limit(NAMED)
            .map(e -> e.getValue() + " is " + e.getKey().substring(0, 12) + "...")
            .collect(Collectors.joining(", "));
    return "no model with SHA-256 %s: %s%s. Name its file with --model, or its folder with --models"
        .formatted(
            sha256.isEmpty() ? "(empty)" : sha256,
            files.isEmpty() ? "there is no model file at all" : there,
            files.size() > NAMED ? " and " + (files.size() - NAMED) + " more are others" : "");
  }

  @Override
  public void close() {
    open.values().forEach(Detector::close);
  }
}
