package io.riffle.infra.stack;

import io.riffle.operations.site.StackException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository: property {@code riffle.root}, or upwards from the working directory. */
public final class RepositoryRoot {
  private RepositoryRoot() {}

  public static Path find() {
    String given = System.getProperty("riffle.root");
    if (given != null) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("infra/config"))) {
        return folder;
      }
    }
    throw new StackException("not inside the Riffle repository: no folder infra/config above");
  }
}
