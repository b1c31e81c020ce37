package io.riffle.schemas.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of layout files, {@code <TYPE>.yaml} each, that stand for those of the build. */
final class LayoutFolder {

  private static final String ENDING = ".yaml";

  private LayoutFolder() {}

  /**
   * Every layout in the folder by its type. Files of other endings do not matter; a layout of a
   * type that is in no index would never be used, and is a mistake.
   *
   * @param types those of the build
   */
  static Map<String, Layout> read(Path folder, Set<String> types) {
    Map<String, Layout> byType = new HashMap<>();
    for (Path file : files(folder)) {
      Layout layout = layout(file, types);
      byType.put(layout.type(), layout);
    }
    return byType;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(ENDING)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + folder, e);
    }
  }

  private static Layout layout(Path file, Set<String> types) {
    String type = file.getFileName().toString().replace(ENDING, "");
    if (!types.contains(type)) {
      throw new IllegalArgumentException(file + ": this build has no type " + type);
    }
    try (InputStream in = Files.newInputStream(file)) {
      Layout layout = Layouts.parse(in);
      if (!layout.type().equals(type)) {
        throw new IllegalArgumentException("is the layout of " + layout.type());
      }
      return layout;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }
}
