package io.weir.trainer.data.ask;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The files behind a location, all of one format.
///
/// @param files sorted by path, so that row numbers mean the same everywhere; empty for a query
/// @param labels the file of each one's labels, where the format keeps them apart; else empty
public record SourceFiles(SourceFormat format, List<Path> files, List<Path> labels) {
  public SourceFiles {
    files = List.copyOf(files);
    labels = List.copyOf(labels);
  }

  /// Finds the files of a location.
  ///
  /// @throws DataException where there is none, or the formats differ, or one cannot be read
  public static SourceFiles find(DataRequest.Source source) {
    SourceFormat given = source.format();
    if (given == SourceFormat.SQL || given == null && SourceFormat.isQuery(source.location())) {
      requireNoLabels(source, SourceFormat.SQL);
      return new SourceFiles(SourceFormat.SQL, List.of(), List.of());
    }
    List<Path> files = LabelFiles.withoutLabels(list(source.location(), given));
    SourceFormat format = given == null ? commonFormat(files) : given;
    List<Path> labels = List.of();
    if (format == SourceFormat.IDX) {
      labels = labels(source, files);
    } else {
      requireNoLabels(source, format);
    }
    for (Path file : files) {
      requireReadable(file);
    }
    for (Path file : labels) {
      requireReadable(file);
    }
    return new SourceFiles(format, files, labels);
  }

  /// The SHA-256 of a file as 64 hexadecimal digits.
  public static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /// One file of labels per file of rows, or none.
  private static List<Path> labels(DataRequest.Source source, List<Path> files) {
    if (source.labels() != null) {
      if (files.size() > 1) {
        throw new DataException(
            "%s are the labels of one file, but %s are %d. Narrow the path."
                .formatted(source.labels(), source.location(), files.size()));
      }
      return list(source.labels().toString(), SourceFormat.IDX);
    }
    List<Path> labels = files.stream().map(LabelFiles::beside).flatMap(Optional::stream).toList();
    if (!labels.isEmpty() && labels.size() < files.size()) {
      throw new DataException(
          "%s: %d of the %d files have a file of labels beside them: all or none must. Narrow the path."
              .formatted(source.location(), labels.size(), files.size()));
    }
    return labels;
  }

  private static void requireNoLabels(DataRequest.Source source, SourceFormat format) {
    if (source.labels() != null) {
      throw new DataException(
          "%s: a file of labels belongs to IDX files; in %s the label is a column. Name the column as label."
              .formatted(source.labels(), format.word()));
    }
  }

  private static List<Path> list(String location, SourceFormat format) {
    Path path = Path.of(location);
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.isDirectory(path)) {
      PathMatcher readable =
          file -> {
            String name = file.getFileName().toString();
            return format == null
                ? Stream.of(SourceFormat.values()).anyMatch(known -> known.matches(name))
                : format.matches(name);
          };
      return requireSome(location, below(path, readable), "holds no file of a known format");
    }
    if (location.matches(".*[*?\\[{].*")) {
      Path root = rootOf(path);
      if (Files.isDirectory(root)) {
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + location);
        return requireSome(location, below(root, glob), "fits no file");
      }
    }
    throw new DataException(
        "%s does not exist: no such file or directory under %s. Check the path."
            .formatted(location, Path.of("").toAbsolutePath()));
  }

  private static List<Path> requireSome(String location, List<Path> files, String problem) {
    if (files.isEmpty()) {
      throw new DataException("%s %s. Check the path.".formatted(location, problem));
    }
    return files;
  }

  private static List<Path> below(Path directory, PathMatcher wanted) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(wanted::matches).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new DataException("%s cannot be listed: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /// The deepest directory in front of the first pattern.
  private static Path rootOf(Path path) {
    Path root = path.isAbsolute() ? path.getRoot() : Path.of("");
    for (Path part : path) {
      if (part.toString().matches(".*[*?\\[{].*")) {
        break;
      }
      root = root.resolve(part);
    }
    return root;
  }

  private static void requireReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new DataException(
          "%s cannot be read: this user has no permission. Change the file's mode."
              .formatted(file));
    }
    try {
      if (Files.size(file) == 0) {
        throw new DataException("%s is empty (0 bytes): there is nothing to read.".formatted(file));
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static SourceFormat commonFormat(List<Path> files) {
    TreeSet<SourceFormat> formats = new TreeSet<>();
    files.forEach(file -> formats.add(SourceFormat.ofFile(file.getFileName().toString())));
    if (formats.size() > 1) {
      throw new DataException(
          "%s and %d more files have the formats %s: one source has one format. Narrow the path."
              .formatted(files.getFirst(), files.size() - 1, formats));
    }
    return formats.first();
  }
}
