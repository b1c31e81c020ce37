package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Each table of the merge-processor's local state has a wrong byte. */
record DamagedState(String name, ChaosStack stack) implements Fault {

  /** In the first block of a table, which has a checksum. */
  private static final long AT = 20;

  @Override
  public void inject() throws IOException {
    stack.services().kill("merge-processor");
    Path state = stack.mergeState();
    if (Files.isDirectory(state)) {
      for (Path table : tables(state)) {
        flip(table);
      }
    }
  }

  private static List<Path> tables(Path state) throws IOException {
    try (Stream<Path> paths = Files.walk(state)) {
      return paths.filter(path -> path.toString().endsWith(".sst")).toList();
    }
  }

  private static void flip(Path table) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(table.toFile(), "rw")) {
      bytes.seek(AT);
      int found = bytes.read();
      bytes.seek(AT);
      bytes.write(found ^ 0x55);
    }
  }

  @Override
  public void heal() {
    // it is started with all that are down
  }
}
