package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The disk of the merge-processor is a new one: all its state comes back from the changelog. */
record LostState(String name, ChaosStack stack) implements Fault {

  @Override
  public void inject() throws IOException {
    stack.services().kill("merge-processor");
    Path state = stack.mergeState();
    if (Files.isDirectory(state)) {
      for (Path path : deepestFirst(state)) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> deepestFirst(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  @Override
  public void heal() {
    // it is started with all that are down
  }
}
