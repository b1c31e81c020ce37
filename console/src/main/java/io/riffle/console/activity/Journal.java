package io.riffle.console.activity;

import io.riffle.console.access.Visitor;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.Activity;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes actions. What cannot be noted is not done: an action asks for leave first. Safe for use by
 * several threads.
 */
public final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Activities activities;

  public Journal(Activities activities) {
    this.activities = activities;
  }

  /** Something that changes the database or Kafka. */
  @FunctionalInterface
  public interface Action<T> {
    T run() throws SQLException, InterruptedException;
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
   */
  public <T> T act(
      Visitor visitor,
      String action,
      String target,
      Optional<String> before,
      Action<T> doing,
      Outcome<T> outcome)
      throws SQLException, InterruptedException {
    add(visitor, action + "_ASKED", target, before, Optional.empty());
    try {
      T result = doing.run();
      add(visitor, action, target, before, Optional.of(outcome.of(result)));
      return result;
    } catch (SQLException | RuntimeException e) {
      tryToAdd(visitor, action, target, before, "failed: " + e.getClass().getSimpleName());
      throw e;
    }
  }

  /** Notes something that only looks. */
  public void look(Visitor visitor, String action, String target) throws SQLException {
    add(visitor, action, target, Optional.empty(), Optional.empty());
  }

  /** Notes a sign-in, or that one was refused; without a database nobody is kept out for it. */
  public void signIn(String who, String role, String action, String address) {
    signIn(who, role, action, address, Optional.empty());
  }

  /**
   * The same.
   *
   * @param how they signed in, or why not; none: with a password
   */
  public void signIn(String who, String role, String action, String address, Optional<String> how) {
    try {
      activities.add(new Activity(who, role, "PAGE", action, address, Optional.empty(), how));
    } catch (SQLException e) {
      log.atError()
          .addKeyValue("action", action)
          .addKeyValue("sqlState", e.getSQLState())
          .log("an activity could not be noted");
    }
  }

  private void tryToAdd(
      Visitor visitor, String action, String target, Optional<String> before, String after) {
    try {
      add(visitor, action, target, before, Optional.of(after));
    } catch (SQLException e) {
      log.atError()
          .addKeyValue("action", action)
          .addKeyValue("sqlState", e.getSQLState())
          .log("an activity could not be noted");
    }
  }

  private void add(
      Visitor visitor,
      String action,
      String target,
      Optional<String> before,
      Optional<String> after)
      throws SQLException {
    activities.add(
        new Activity(
            visitor.name(), visitor.role().name(), visitor.via(), action, target, before, after));
    log.atInfo()
        .addKeyValue("who", visitor.name())
        .addKeyValue("action", action)
        .addKeyValue("target", target)
        .addKeyValue("after", after.orElse(""))
        .log("activity");
  }
}
