package io.riffle.console.record;

import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.record.AskedKey;
import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.RecordLookup;
import io.riffle.operations.record.ScanBudget;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Looks records up, each time noted: what type was looked at by whom, not which record. */
public final class RecordDesk {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int BUSY = 503;

  /** Each reads a topic and costs a connection to every server. */
  private static final int AT_A_TIME = 3;

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final ScanBudget BUDGET = new ScanBudget(512L << 20, Duration.ofSeconds(20));

  private final Endpoints endpoints;
  private final Layouts layouts;
  private final Journal journal;
  private final Semaphore places = new Semaphore(AT_A_TIME);

  public RecordDesk(Endpoints endpoints, Journal journal) {
    this.endpoints = endpoints;
    this.layouts = endpoints.loadLayouts();
    this.journal = journal;
  }

  /** Names of types. */
  public List<String> types() {
    return layouts.all().stream().map(Layout::type).toList();
  }

  /**
   * All that is known of a key.
   *
   * @param values whether they will be shown
   * @throws RefusedException when there is no such type, the key is none, or the role is not enough
   */
  RecordAnswer find(String type, String key, boolean values, Visitor visitor)
      throws SQLException, InterruptedException {
    AskedKey asked = asked(type, key);
    if (values && !visitor.role().may(Role.ADMIN)) {
      throw new RefusedException(FORBIDDEN, "values are for the role ADMIN");
    }
    journal.look(
        visitor, values ? "SHOW_VALUES" : "RECORD_LOOKUP", "a record of " + asked.layout().type());
    if (!places.tryAcquire(WAIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new RefusedException(BUSY, "others are being looked up: try again in a moment");
    }
    try {
      return new RecordLookup(endpoints, BUDGET, line -> {}).find(asked);
    } finally {
      places.release();
    }
  }

  /** The message of what is wrong would quote the key. */
  private AskedKey asked(String type, String key) {
    if (!types().contains(type)) {
      throw new RefusedException(BAD_REQUEST, "there is no such type");
    }
    try {
      return AskedKey.of(layouts, type, key);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(BAD_REQUEST, "a key is a whole number of 64 bits");
    }
  }
}
