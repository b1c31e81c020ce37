package io.riffle.infra.cli;

import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.Actor;
import javax.sql.DataSource;

/** Where commands note what they do: {@code riffle.activity}. */
final class CommandNotes {
  private CommandNotes() {}

  /** In the name of whoever was said to want it. */
  static ActionNotes by(String who, DataSource database) {
    return new ActionNotes(new Activities(database), Actor.atCommandLine(who));
  }

  /** In the name of the machine's user, of commands that ask for no name. */
  static ActionNotes byUser(DataSource database) {
    return by(System.getProperty("user.name"), database);
  }
}
