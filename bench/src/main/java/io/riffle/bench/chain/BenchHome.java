package io.riffle.bench.chain;

import io.riffle.infra.process.RunRecord;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.OwnStack;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.nio.file.Path;
import java.util.Optional;

/** Which stack the bench may use. */
public final class BenchHome {

  private BenchHome() {}

  /**
   * Chooses folder and set.
   *
   * @param root the repository
   * @param home the folder that was asked for
   * @param set the set that was asked for; the main one stands for the bench's own
   * @throws StackException when it is somebody else's set
   */
  public static OwnStack of(Path root, Optional<Path> home, SetName set) {
    return OwnStack.of("bench", "the bench empties the tables that it finds", root, home, set);
  }

  /**
   * All sets read the same bucket: another set's loader would load what the bench uploads.
   *
   * @throws StackException when one runs here
   */
  static void requireNoOtherLoader(OwnStack home) {
    new RunRecords(new StackFolder(home.folder()).runs())
        .all().stream()
            .filter(run -> run.component().equals("rif-producer") && run.process().isAlive())
            .map(RunRecord::instance)
            .filter(instance -> !instance.equals("rif-producer-" + home.set()))
            .findFirst()
            .ifPresent(BenchHome::refuse);
  }

  private static void refuse(String instance) {
    throw new StackException(
        instance + " runs on this stack and would load the bench's files, too: stop it first");
  }
}
