package io.riffle.operations.activity;

import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Notes what somebody does. What cannot be noted is not done: an action is noted before it begins,
 * with {@code _ASKED} behind its name, and again with what came of it. Safe for use by several
 * threads.
 */
public final class ActionNotes {
  private static final Logger log = LoggerFactory.getLogger(ActionNotes.class);
  private static final String ASKED = "_ASKED";

  private final Activities activities;
  private final Actor actor;

  public ActionNotes(Activities activities, Actor actor) {
    this.activities = activities;
    this.actor = actor;
  }

  /** Something that changes the database or Kafka. */
  @FunctionalInterface
  public interface Action<T, E extends Exception> {
    T run() throws SQLException, InterruptedException, E;
  }

  /** What came of it, in words and without values. */
  @FunctionalInterface
  public interface Outcome<T> {
    String of(T result);
  }

  /**
   * Does something, and notes it with what came of it; a refusal is noted, too.
   *
   * @param target never a key or a value of a record
   * @param before how that stands now
   * @throws SQLException when it could not be noted, and was not done; or what it ended with
   */
  public <T, E extends Exception> T act(
      String action, String target, Optional<String> before, Action<T, E> doing, Outcome<T> outcome)
      throws SQLException, InterruptedException, E {
    add(action + ASKED, target, before, Optional.empty());
    T result = done(action, target, before, doing);
    add(action, target, before, Optional.of(outcome.of(result)));
    return result;
  }

  /**
   * The same for what must be possible without {@code riffle.activity}, as what brings a database
   * to this build: that it could not be noted is logged.
   */
  public <T, E extends Exception> T actAnyway(
      String action, String target, Action<T, E> doing, Outcome<T> outcome)
      throws SQLException, InterruptedException, E {
    tryToAdd(action + ASKED, target, Optional.empty(), Optional.empty());
    T result = done(action, target, Optional.empty(), doing);
    tryToAdd(action, target, Optional.empty(), Optional.of(outcome.of(result)));
    return result;
  }

  /** Notes something that only looks. */
  public void look(String action, String target) throws SQLException {
    add(action, target, Optional.empty(), Optional.empty());
  }

  private <T, E extends Exception> T done(
      String action, String target, Optional<String> before, Action<T, E> doing)
      throws SQLException, InterruptedException, E {
    try {
      return doing.run();
    } catch (Exception e) {
      tryToAdd(action, target, before, Optional.of(failure(e)));
      throw e;
    }
  }

  /** Messages may quote what they are about. */
  private static String failure(Exception e) {
    return "failed: " + e.getClass().getSimpleName();
  }

  private void tryToAdd(
      String action, String target, Optional<String> before, Optional<String> after) {
    try {
      add(action, target, before, after);
    } catch (SQLException e) {
      log.atError()
          .addKeyValue("action", action)
          .addKeyValue("sqlState", e.getSQLState())
          .log("an activity could not be noted");
    }
  }

  private void add(String action, String target, Optional<String> before, Optional<String> after)
      throws SQLException {
    activities.add(
        new Activity(actor.who(), actor.role(), actor.via(), action, target, before, after));
    log.atLevel(actor.isAtCommandLine() ? Level.DEBUG : Level.INFO)
        .addKeyValue("who", actor.who())
        .addKeyValue("action", action)
        .addKeyValue("target", target)
        .addKeyValue("after", after.orElse(""))
        .log("activity");
  }
}
