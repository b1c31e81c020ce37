package io.riffle.infra.stack;

import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the stack lives that a command has to itself, beside the repository's usual one.
 *
 * @param set the command's own: what is in it may be emptied or broken
 * @param disposable the command's usual folder: its data may be deleted in the end
 */
public record OwnStack(Path folder, SetName set, boolean disposable) {

  /**
   * Chooses folder and set: {@code .riffle-COMMAND} in the repository, and COMMAND.
   *
   * @param why no other set will do
   * @param root the repository
   * @param home the folder that was asked for
   * @param set the set that was asked for; the main one stands for the command's own
   * @throws StackException when it is somebody else's set
   */
  public static OwnStack of(
      String command, String why, Path root, Optional<Path> home, SetName set) {
    SetName chosen = set.equals(SetName.MAIN) ? new SetName(command) : set;
    if (!chosen.text().startsWith(command)) {
      throw new StackException(why + ": its set begins with " + command);
    }
    return new OwnStack(home.orElse(root.resolve(".riffle-" + command)), chosen, home.isEmpty());
  }
}
