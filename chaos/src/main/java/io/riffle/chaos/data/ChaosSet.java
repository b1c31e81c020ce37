package io.riffle.chaos.data;

import io.riffle.infra.generate.GeneratedFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set as it was written.
 *
 * @param second its place in time among the sets of the run
 * @param files in manifest order
 */
public record ChaosSet(int number, int second, Path folder, List<GeneratedFile> files) {

  public ChaosSet {
    files = List.copyOf(files);
  }

  public long records() {
    return files.stream().mapToLong(GeneratedFile::records).sum();
  }

  public Path path(GeneratedFile file) {
    return folder.resolve(file.name());
  }
}
