package io.weir.trainer.data.ask;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of the MNIST family: `train-images-idx3-ubyte.gz` has its labels in
/// `train-labels-idx1-ubyte.gz` beside it.
final class LabelFiles {
  private static final Pattern IMAGES = Pattern.compile("(.*)images(.*)idx[2-9](.*?)(\\.gz)?");

  private LabelFiles() {}

  /// The labels beside a file of images, compressed or not.
  static Optional<Path> beside(Path images) {
    Matcher name = IMAGES.matcher(images.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    String plain = "%slabels%sidx1%s".formatted(name.group(1), name.group(2), name.group(3));
    String same = plain + (name.group(4) == null ? "" : name.group(4));
    return List.of(same, plain, plain + ".gz").stream()
        .map(images::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// The files without those that are the labels of others.
  static List<Path> withoutLabels(List<Path> files) {
    List<Path> labels =
        files.stream().map(LabelFiles::beside).flatMap(Optional::stream).distinct().toList();
    return files.stream().filter(file -> !labels.contains(file)).toList();
  }
}
