package io.riffle.chaos.stack;

import io.riffle.infra.site.SetName;
import io.riffle.infra.site.StackException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the stack lives, and under which set.
 *
 * @param set everything of it is broken on purpose: it must be chaos's own
 * @param own chaos's own folder: its data may be deleted in the end
 */
public record ChaosHome(Path folder, SetName set, boolean own) {

  private static final String USUAL_FOLDER = ".riffle-chaos";
  private static final String SET_PREFIX = "chaos";

  /**
   * Chooses folder and set.
   *
   * @param root the repository
   * @param home the folder that was asked for
   * @param set the set that was asked for; the main one stands for chaos's own
   * @throws StackException when it is somebody else's set
   */
  public static ChaosHome of(Path root, Optional<Path> home, SetName set) {
    SetName chosen = set.equals(SetName.MAIN) ? new SetName(SET_PREFIX) : set;
    if (!chosen.text().startsWith(SET_PREFIX)) {
      throw new StackException("chaos kills what it finds: its set begins with " + SET_PREFIX);
    }
    return new ChaosHome(home.orElse(root.resolve(USUAL_FOLDER)), chosen, home.isEmpty());
  }
}
