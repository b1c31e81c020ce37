package io.riffle.bench.chain;

import io.riffle.infra.process.RunRecord;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.SetName;
import io.riffle.infra.site.StackException;
import io.riffle.infra.site.StackFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bench's stack lives, and under which set.
 *
 * @param set the tables of its database are emptied again and again: it must be the bench's own
 * @param own the bench's own folder: its data may be deleted in the end
 */
public record BenchHome(Path folder, SetName set, boolean own) {

  private static final String USUAL_FOLDER = ".riffle-bench";
  private static final String SET_PREFIX = "bench";

  /**
   * Chooses folder and set.
   *
   * @param root the repository
   * @param home the folder that was asked for
   * @param set the set that was asked for; the main one stands for the bench's own
   * @throws StackException when it is somebody else's set
   */
  public static BenchHome of(Path root, Optional<Path> home, SetName set) {
    SetName chosen = set.equals(SetName.MAIN) ? new SetName(SET_PREFIX) : set;
    if (!chosen.text().startsWith(SET_PREFIX)) {
      throw new StackException(
          "the bench empties the tables of its set: its name begins with " + SET_PREFIX);
    }
    return new BenchHome(home.orElse(root.resolve(USUAL_FOLDER)), chosen, home.isEmpty());
  }

  /**
   * All sets read the same bucket: another set's loader would load what the bench uploads.
   *
   * @throws StackException when one runs here
   */
  void requireNoOtherLoader() {
    new RunRecords(new StackFolder(folder).runs())
        .all().stream()
            .filter(run -> run.component().equals("rif-producer") && run.process().isAlive())
            .map(RunRecord::instance)
            .filter(instance -> !instance.equals("rif-producer-" + set))
            .findFirst()
            .ifPresent(BenchHome::refuse);
  }

  private static void refuse(String instance) {
    throw new StackException(
        instance + " runs on this stack and would load the bench's files, too: stop it first");
  }
}
