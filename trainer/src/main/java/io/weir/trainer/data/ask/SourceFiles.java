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
import java.util.TreeSet;
import java.util.stream.Stream;

/// The files behind a location, all of one format.
///
/// @param files sorted by path, so that row numbers mean the same everywhere; empty for a query
public record SourceFiles(SourceFormat format, List<Path> files) {
  public SourceFiles {
    files = List.copyOf(files);
  }

  /// Finds the files of a location.
  ///
  /// @throws DataException where there is none, or the formats differ, or one cannot be read
  public static SourceFiles find(DataRequest.Source source) {
    SourceFormat given = source.format();
    if (given == SourceFormat.SQL || given == null && SourceFormat.isQuery(source.location())) {
      return new SourceFiles(SourceFormat.SQL, List.of());
    }
    List<Path> files = list(source.location(), given);
    for (Path file : files) {
      requireReadable(file);
    }
    return new SourceFiles(given == null ? commonFormat(files) : given, files);
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
