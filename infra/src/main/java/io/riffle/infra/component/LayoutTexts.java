package io.riffle.infra.component;

import io.riffle.infra.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What stands in the layout files of a site's own, so that an edited one restarts the programs. */
final class LayoutTexts {
  private LayoutTexts() {}

  static String of(Site site) {
    return site.layouts().map(LayoutTexts::texts).orElse("");
  }

  private static String texts(Path folder) {
    StringBuilder texts = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        texts.append(file.getFileName()).append('\n').append(Files.readString(file));
      }
      return texts.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the layouts in " + folder, e);
    }
  }
}
