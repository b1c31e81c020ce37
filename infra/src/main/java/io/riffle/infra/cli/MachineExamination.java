package io.riffle.infra.cli;

import io.riffle.operations.doctor.Examination;
import io.riffle.operations.doctor.Findings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine of the local stack: its Java, and the disk of the stack's folder. */
final class MachineExamination implements Examination {
  /** Kafka and Postgres stop when their disk is full. */
  private static final long LEAST_GB = 2;

  private final Path home;

  MachineExamination(Path home) {
    this.home = home;
  }

  @Override
  public String part() {
    return "MACHINE";
  }

  @Override
  public String whenSilent() {
    return "can the folder " + home + " be read?";
  }

  @Override
  public void examine(Findings findings) throws IOException {
    findings.ok("Java " + Runtime.version());
    Path there = home;
    while (!Files.exists(there)) {
      there = there.getParent(); // of a stack that was never up
    }
    FileStore disk = Files.getFileStore(there);
    long left = disk.getUsableSpace() >> 30;
    String text = "%d of %d GB of disk are left".formatted(left, disk.getTotalSpace() >> 30);
    if (left < LEAST_GB) {
      findings.warn(text, "make room, or put the stack elsewhere with --home");
    } else {
      findings.ok(text);
    }
  }
}
