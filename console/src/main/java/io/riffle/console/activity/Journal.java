package io.riffle.console.activity;

import io.riffle.console.access.Visitor;
import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.activity.ActionNotes.Action;
import io.riffle.operations.activity.ActionNotes.Outcome;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.Activity;
import io.riffle.operations.activity.Actor;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what visitors do. What cannot be noted is not done: an action asks for leave first. Safe
 * for use by several threads.
 */
public final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Activities activities;

  public Journal(Activities activities) {
    this.activities = activities;
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
      Action<T, RuntimeException> doing,
      Outcome<T> outcome)
      throws SQLException, InterruptedException {
    return notes(visitor).act(action, target, before, doing, outcome);
  }

  /** Notes something that only looks. */
  public void look(Visitor visitor, String action, String target) throws SQLException {
    notes(visitor).look(action, target);
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

  /** Notes of a visitor, for what notes by itself. */
  public ActionNotes notes(Visitor visitor) {
    return new ActionNotes(
        activities, new Actor(visitor.name(), visitor.role().name(), visitor.via()));
  }
}
